/* Who says what of the systems: claims and their sources, which only a drawer shows. They come after
   the cameras, or with the first drawer that asks for them. */

import { drop, unpack, want } from "./data_loader.js";
import { inLanguage } from "./words.js";

/** @type {Promise<Evidence[]> | null} */
let coming = null;

/** @returns {Promise<Evidence[]>} */
async function load() {
  const file = inLanguage("deployment-evidence");
  const payload = await want(file);
  const rows = JSON.parse(new TextDecoder().decode(await unpack(payload.gz)));
  drop(file);
  return rows;
}

export const evidence = {
  /** Let it come; a failure is forgotten, and said by the drawer that needs it. */
  want() {
    if (!coming) {
      coming = load();
      coming.catch(() => {
        coming = null;
      });
    }
    return coming;
  },

  /**
   * What is said of one system.
   *
   * @param {Deployment} deployment
   */
  async of(deployment) {
    return (await evidence.want())[deployment.row];
  },
};
