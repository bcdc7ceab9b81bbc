"use strict";
// The chat page: no library, no request to anybody else.
const log = document.getElementById("log");
const state = document.getElementById("state");
const form = document.getElementById("form");
const text = document.getElementById("text");
const send = form.querySelector("button");
const KEPT = "khuyencong.chat";
const POLL_MS = 12000;

let kept = read();
let busy = false;

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) || { conversation: null, seen: 0, lines: [] };
  } catch {
    return { conversation: null, seen: 0, lines: [] };
  }
}

function keep() {
  kept.lines = kept.lines.slice(-60);
  try {
    localStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // A full or forbidden storage only means that a reload starts anew.
  }
}

// **bold** is the only markup; everything is set as text, never as HTML.
function withBold(parent, words) {
  words.split(/(\*\*[^*\n]+\*\*)/).forEach((part) => {
    if (part.startsWith("**") && part.endsWith("**") && part.length > 4) {
      const strong = document.createElement("strong");
      strong.textContent = part.slice(2, -2);
      parent.append(strong);
    } else {
      parent.append(part);
    }
  });
}

function cite(citation) {
  const amended = citation.amended_by ? `, sửa đổi bởi ${citation.amended_by}` : "";
  const hedge = citation.status === "verified" ? "" : " (cần cán bộ xác nhận)";
  const [year, month, day] = citation.in_force_from.split("-");
  return `${citation.article ? citation.article + " " : ""}${citation.document}${amended}, hiệu lực từ ${day}/${month}/${year}${hedge}`;
}

function show(line, live) {
  const bubble = document.createElement("div");
  bubble.className = line.mine ? "bubble mine" : "bubble";
  const who = document.createElement("span");
  who.className = "hidden";
  who.textContent = line.mine ? "Anh/chị: " : "Khuyến công: ";
  const words = document.createElement("p");
  withBold(words, line.text);
  bubble.append(who, words);
  if (line.citations && line.citations.length) {
    const fold = document.createElement("details");
    const head = document.createElement("summary");
    head.textContent = `Căn cứ (${line.citations.length})`;
    const list = document.createElement("ul");
    line.citations.forEach((citation) => {
      const item = document.createElement("li");
      item.textContent = cite(citation);
      list.append(item);
    });
    fold.append(head, list);
    bubble.append(fold);
  }
  log.append(bubble);
  if (live) {
    log.scrollTop = log.scrollHeight;
  }
}

function offer(buttons) {
  log.querySelectorAll(".choices").forEach((old) => old.remove());
  if (!buttons || !buttons.length) return;
  const row = document.createElement("div");
  row.className = "choices";
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "Chọn nhanh");
  buttons.forEach((button) => {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = button.title;
    element.addEventListener("click", () => say({ payload: button.payload }, button.title));
    row.append(element);
  });
  log.append(row);
  log.scrollTop = log.scrollHeight;
}

function take(answer) {
  kept.conversation = answer.conversation;
  const fresh = answer.messages.filter((message) => message.id > kept.seen);
  fresh.forEach((message) => {
    const line = { text: message.text, citations: message.citations, buttons: message.buttons };
    kept.lines.push(line);
    kept.seen = Math.max(kept.seen, message.id);
    show(line, true);
  });
  if (fresh.length) offer(fresh.flatMap((message) => message.buttons || []));
  keep();
  return fresh.length;
}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) {
    const error = new Error(answer.error || "Có trục trặc.");
    error.status = response.status;
    error.after = Number(response.headers.get("Retry-After") || 0);
    throw error;
  }
  return answer;
}

function wait(seconds) {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}

async function deliver(body) {
  // The same message_id again is the same message, so a broken connection may simply be tried again.
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await post("/api/chat", body);
    } catch (error) {
      if (error.status === 404 && body.conversation) {
        kept = { conversation: null, seen: 0, lines: kept.lines };
        if (body.text === undefined) throw error;
        body = { text: body.text, message_id: body.message_id };
      } else if (error.status === 429 && attempt < 5) {
        await wait(error.after || 1);
      } else if (error.status !== undefined || attempt >= 4) {
        throw error;
      } else {
        state.textContent = "Mất kết nối, đang thử lại…";
        await wait(2 ** attempt);
      }
    }
  }
}

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function say(body, shown) {
  if (busy) return;
  busy = true;
  send.disabled = true;
  if (shown) {
    const line = { mine: true, text: shown };
    kept.lines.push(line);
    offer([]);
    show(line, true);
  }
  state.textContent = "Đang trả lời…";
  try {
    const message = { ...body, message_id: newId() };
    if (kept.conversation) message.conversation = kept.conversation;
    const answer = await deliver(message);
    if (!take(answer)) await news();
    state.textContent = "";
  } catch (error) {
    state.textContent = error.status ? error.message : "Không kết nối được. Anh/chị thử lại sau ít phút.";
  } finally {
    busy = false;
    send.disabled = false;
    text.focus();
  }
}

async function news() {
  if (!kept.conversation || document.hidden) return;
  try {
    take(await post("/api/chat/news", { conversation: kept.conversation, after: kept.seen }));
  } catch {
    // The next round will do.
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = text.value.trim();
  if (!typed || busy) return;
  text.value = "";
  text.style.height = "";
  say({ text: typed }, typed);
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
text.addEventListener("input", () => {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight}px`;
});
document.getElementById("larger").addEventListener("click", (event) => {
  const large = document.documentElement.classList.toggle("large");
  event.currentTarget.setAttribute("aria-pressed", String(large));
});
document.getElementById("print").addEventListener("click", () => window.print());
document.getElementById("again").addEventListener("click", () => {
  kept = { conversation: null, seen: 0, lines: [] };
  keep();
  log.replaceChildren();
  say({ text: "xin chào" }, null);
});

kept.lines.forEach((line) => show(line, false));
if (kept.lines.length) {
  offer(kept.lines[kept.lines.length - 1].buttons);
  log.scrollTop = log.scrollHeight;
} else {
  say({ text: "xin chào" }, null);
}
setInterval(news, POLL_MS);
