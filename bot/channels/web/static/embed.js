"use strict";
// One line on the Centre's site opens the chat there:
//   <script src="https://<this service>/static/embed.js" async></script>
// The site must be named in KHUYENCONG_ALLOWED_ORIGINS. data-label on the line changes the words of the button.
(() => {
  const line = document.currentScript;
  const home = new URL("/", line.src).href;
  const label = line.dataset.label || "Hỏi khuyến công";

  const opener = document.createElement("button");
  opener.type = "button";
  opener.textContent = label;
  opener.setAttribute("aria-expanded", "false");
  style(opener, {
    position: "fixed", right: "16px", bottom: "16px", zIndex: "2147483000", minHeight: "48px", padding: "0 20px",
    border: "2px solid #fff", borderRadius: "24px", background: "#0b5d4b", color: "#fff",
    font: "600 16px/1.2 system-ui, sans-serif", cursor: "pointer", boxShadow: "0 2px 10px #0005",
  });

  let panel = null;

  function build() {
    panel = document.createElement("div");
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", label);
    style(panel, {
      position: "fixed", right: "0", bottom: "0", zIndex: "2147483001", display: "none", flexDirection: "column",
      width: "min(400px, 100vw)", height: "min(680px, 100vh)", background: "#0b5d4b", boxShadow: "0 2px 18px #0006",
    });
    // On a phone the whole screen; an older browser that does not know dvh keeps the line before.
    if (matchMedia("(max-width: 480px)").matches) {
      style(panel, { height: "100vh" });
      style(panel, { width: "100vw", height: "100dvh" });
    }
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Đóng ✕";
    style(close, {
      alignSelf: "flex-end", minHeight: "44px", padding: "0 16px", border: "0", background: "transparent",
      color: "#fff", font: "16px/1 system-ui, sans-serif", cursor: "pointer",
    });
    close.addEventListener("click", () => show(false));
    const frame = document.createElement("iframe");
    frame.src = home;
    frame.title = label;
    style(frame, { flex: "1", width: "100%", border: "0", background: "#fff" });
    panel.append(close, frame);
    panel.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
    document.body.append(panel);
  }

  function show(open) {
    if (!panel) build();
    panel.style.display = open ? "flex" : "none";
    opener.style.display = open ? "none" : "";
    opener.setAttribute("aria-expanded", String(open));
    if (open) panel.querySelector("iframe").focus();
    else opener.focus();
  }

  function style(element, rules) {
    Object.assign(element.style, rules);
  }

  opener.addEventListener("click", () => show(true));
  if (document.body) document.body.append(opener);
  else addEventListener("DOMContentLoaded", () => document.body.append(opener));
})();
