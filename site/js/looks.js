/* What the discs tell: who made the cameras, or how many there are. */

/** @type {(() => void)[]} */
const listeners = [];
let isWho = true;

export const looks = {
  get who() {
    return isWho;
  },

  /**
   * Choose; everybody who draws hears of it.
   *
   * @param {boolean} who
   */
  set(who) {
    if (isWho === who) return;
    isWho = who;
    for (const listener of listeners) listener();
  },

  /**
   * Put a state in place, as the address gives it, without telling anybody.
   *
   * @param {boolean} who
   */
  restore(who) {
    isWho = who;
  },

  /** @param {() => void} listener */
  onChange(listener) {
    listeners.push(listener);
  },
};
