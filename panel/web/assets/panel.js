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
  let server = null;
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
      const { mark: present, server: start } = await answer.json();
      if (mark && present !== mark) location.replace("/");
      // The server was started anew and knows nothing of this page. A scoring page finds its way back by itself.
      else if (server && start !== server && !document.querySelector(".desk-root")) location.reload();
      mark = present;
      server = start;
    }
  }

  // The app talks over a websocket. While it is away a line says so, in place of the framework's own words.
  const banner = document.createElement("div");
  banner.setAttribute("role", "status");
  banner.className = "panel-away";
  banner.textContent = "The app is away for a moment. This page goes on when it is back.";
  const style = document.createElement("style");
  style.textContent =
    ".panel-away { position: fixed; inset: 0 0 auto 0; z-index: 1000000; padding: 10px 16px; text-align: center;" +
    " background: #0F5C66; color: #FFFFFF; font: 500 15px/22px Inter, system-ui, sans-serif; }" +
    ".panel-is-away [data-testid='stDialog'], .panel-is-away [data-testid='stConnectionStatus'] { display: none; }";
  let leaving = false;
  let waiting = null;
  function away(is) {
    clearTimeout(waiting);
    if (!is) {
      document.documentElement.classList.remove("panel-is-away");
      banner.remove();
      return;
    }
    waiting = setTimeout(() => {
      document.documentElement.classList.add("panel-is-away");
      document.head.append(style);
      document.body.append(banner);
    }, 1_000);
  }
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(address, ...rest) {
      super(address, ...rest);
      if (!String(address).includes("/_stcore/stream")) return;
      this.addEventListener("open", () => { away(false); look(); });
      this.addEventListener("close", () => { if (!leaving) away(true); });
    }
  };
  window.addEventListener("pagehide", () => { leaving = true; });

  // What Streamlit asks before it connects anew. After some failures it would open a dialog, which takes all keys and
  // clicks from a page that works without it; asked patiently, it waits, and connects when the app is back.
  const ASKED_FIRST = /\/_stcore\/(health|host-config)\b/;
  const AGAIN_AFTER = 1_000;
  const fetchOnce = window.fetch.bind(window);
  async function patiently(address) {
    for (;;) {
      try {
        const answer = await fetchOnce(address, { cache: "no-store", signal: AbortSignal.timeout(5_000) });
        if (answer.status < 500) return answer;
      } catch {
        // still away
      }
      await new Promise((go) => setTimeout(go, AGAIN_AFTER));
    }
  }
  window.fetch = (request, how) => {
    const address = String(request?.url ?? request);
    return ASKED_FIRST.test(address) ? patiently(address) : fetchOnce(request, how);
  };

  look();
  setInterval(() => { if (document.visibilityState === "visible" || Date.now() - keptAt > KEEP_EVERY) look(); }, LOOK_EVERY);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") look(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  if (channel) channel.addEventListener("message", look);
})();
