/* One line on the map: what was not loaded, with a way to try again, or where else to look. */
(function (WC) {
  "use strict";

  function show(text, className, action) {
    const box = WC.at("notice");
    box.className = "notice " + className;
    WC.fill(
      box,
      WC.el("p", null, text),
      action
        ? WC.el(
            "button",
            {
              type: "button",
              onclick() {
                box.hidden = true;
                action.go();
              },
            },
            action.text,
          )
        : null,
      WC.el(
        "button",
        {
          type: "button",
          class: "close",
          "aria-label": WC.t("close"),
          onclick() {
            box.hidden = true;
          },
        },
        "\u00d7",
      ),
    );
    box.hidden = false;
  }

  WC.notice = {
    /** A remark, with something to do about it. */
    say(text, action) {
      const box = WC.at("notice");
      if (!box.hidden && box.classList.contains("error")) return; // an error is not talked over
      show(text, "remark", action);
    },

    /** Something was left out, and nothing is to be done about it. */
    warn(text) {
      show(text, "error", null);
    },

    /** Something did not load; `retry` tries again. */
    failed(text, retry) {
      show(text, "error", { text: WC.t("retry"), go: retry });
    },
  };
})(window.WC);
