// On the app's pages (data-watch): leave when the session has ended or belongs to somebody else.
// On the sign-in pages: tell the other tabs to look, so that signing out in one ends all at once.
(() => {
  const watching = document.currentScript.hasAttribute("data-watch");
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("panel-session") : null;
  if (!watching) {
    if (channel) channel.postMessage("look");
    return;
  }
  const LOOK_EVERY = 20_000;
  const KEEP_EVERY = 300_000;
  let mark = null;
  let keptAt = Date.now();

  async function look() {
    const keep = Date.now() - keptAt > KEEP_EVERY;
    let answer;
    try {
      answer = await fetch(keep ? "/session?keep" : "/session", { cache: "no-store", credentials: "same-origin" });
    } catch {
      return; // the server is away for a moment; Streamlit says so itself
    }
    if (answer.status === 401) {
      location.replace("/signin?next=" + encodeURIComponent(location.pathname + location.search));
    } else if (answer.ok) {
      if (keep) keptAt = Date.now();
      const { mark: present } = await answer.json();
      if (mark && present !== mark) location.replace("/");
      mark = present;
    }
  }

  look();
  setInterval(() => { if (document.visibilityState === "visible" || Date.now() - keptAt > KEEP_EVERY) look(); }, LOOK_EVERY);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") look(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  if (channel) channel.addEventListener("message", look);
})();
