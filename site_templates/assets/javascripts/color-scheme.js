// Light or dark: the system's choice until the reader makes one, which is kept where Material keeps it.
// `partials/header.html` shows the scheme before the first paint; this is what the button does.

/** @typedef {"default" | "slate"} Scheme Material's names for light and dark */

const DARK = matchMedia("(prefers-color-scheme: dark)");

/** @param {HTMLElement} button says what it leads to, and in `data-ap-light` what leads back */
export function start(button) {
  const page = document.body.dataset;
  const names = { default: button.title, slate: button.dataset.apLight ?? button.title };

  /** @param {Scheme} scheme */
  const show = (scheme) => {
    page.mdColorScheme = scheme;
    button.title = names[scheme];
  };

  const chosen = () => {
    try {
      return __md_get("__palette")?.color;
    } catch {
      return undefined; // where the browser keeps nothing
    }
  };
  const wanted = () => chosen()?.scheme ?? (DARK.matches ? "slate" : "default");
  show(wanted());
  button.addEventListener("click", () => {
    const scheme = page.mdColorScheme === "slate" ? "default" : "slate";
    const color = { scheme, primary: page.mdColorPrimary, accent: page.mdColorAccent };
    show(scheme);
    try {
      __md_set("__palette", { index: Number(scheme === "slate"), color });
    } catch {
      // Where the browser keeps nothing, it is for this page.
    }
  });
  // The system changes at dusk, and other pages of the site may have been asked meanwhile.
  DARK.addEventListener("change", () => show(wanted()));
  addEventListener("pageshow", ({ persisted }) => persisted && show(wanted()));
}
