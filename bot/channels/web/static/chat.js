// The chat page: no library, no request to anybody else, every text set as text and never as HTML.
import { deliver, newId, post } from "./asking.js";
import { change, forget, isLarge, kept, setLarge, whenAnotherTabWrites } from "./keeping.js";
import { offerWays, showWays } from "./onward.js";
import { bubbleOf, element } from "./showing.js";
import { spoken } from "./wording.js";

const POLL_MS = 12000;
const GREETING = "xin chào";

const page = document.documentElement;
const log = document.getElementById("log");
const lines = document.getElementById("lines");
const state = document.getElementById("state");
const said = document.getElementById("said");
const form = document.getElementById("form");
const text = document.getElementById("text");
const sure = document.getElementById("sure");
const byTouch = matchMedia("(pointer: coarse)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let busy = false;

// --- showing --------------------------------------------------------------------------------------------------------

function show(message) {
  return lines.appendChild(bubbleOf(message));
}

function offer(buttons) {
  lines.querySelectorAll(".choices").forEach((old) => old.remove());
  if (!buttons.length) return;
  const row = element("div", "choices");
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "Chọn nhanh");
  buttons.forEach((button) => {
    const shown = element("button", "", button.title);
    shown.type = "button";
    shown.addEventListener("click", () => say({ payload: button.payload }, button.title));
    row.append(shown);
  });
  lines.append(row);
}

/** The buttons that stand: those of the last replies that had any, unless the person has written since. */
function standing(all) {
  for (let place = all.length - 1; place >= 0 && !all[place].mine; place -= 1) {
    if (all[place].buttons && all[place].buttons.length) {
      const turn = all.filter((line) => line.turn !== undefined && line.turn === all[place].turn);
      return turn.flatMap((line) => line.buttons || []);
    }
  }
  return [];
}

function offerAgain(unsent) {
  if (!unsent) return;
  offer([]);
  const row = element("div", "choices");
  const again = element("button", "", "Gửi lại");
  again.type = "button";
  again.addEventListener("click", () => resend());
  row.append(again);
  lines.append(row);
}

function redraw() {
  const now = kept();
  lines.replaceChildren();
  now.lines.forEach(show);
  showWays();
  if (now.unsent && !busy) offerAgain(now.unsent);
  else offer(now.unsent ? [] : standing(now.lines));
}

function scrollTo(top) {
  log.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
}

/** An answer is read from its beginning: the question stays in sight when it is short. */
function bringIntoSight(first) {
  let anchor = first;
  const before = first.previousElementSibling;
  if (before && before.classList.contains("mine") && before.offsetHeight < log.clientHeight / 4) anchor = before;
  scrollTo(anchor.offsetTop - 8);
}

function announce(fresh) {
  said.replaceChildren(...fresh.map((message) => element("p", "", spoken(message.text))));
  const choices = fresh.flatMap((message) => message.buttons || []);
  if (choices.length) said.append(element("p", "", `Có ${choices.length} nút để chọn.`));
  // Once it is said, it would only be found a second time.
  setTimeout(() => said.replaceChildren(), 3000);
}

// --- talking --------------------------------------------------------------------------------------------------------

/** Keeps and shows what is new in an answer; how many messages that were. */
function take(answer) {
  let fresh = [];
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const now = change((mine) => {
    fresh = answer.messages.filter((message) => message.id > mine.seen);
    const asks = fresh.some((message) => message.question);
    const turn = Math.max(mine.seen, ...fresh.map((message) => message.id));
    mine.conversation = answer.conversation;
    fresh.forEach((message) => {
      mine.lines.push({
        turn,
        text: message.text,
        sources: message.sources,
        document: message.document,
        quiet: message.quiet,
        buttons: message.buttons,
        result: Boolean(message.assessment) && !asks,
      });
    });
    mine.seen = turn;
  });
  if (!fresh.length) return 0;
  const first = now.lines.slice(-fresh.length).map(show)[0];
  offer(now.unsent ? [] : standing(now.lines));
  announce(fresh);
  if (busy || atEnd) bringIntoSight(first);
  else state.textContent = "Có tin mới ở dưới.";
  return fresh.length;
}

async function say(body, shown, byHand = true) {
  if (busy) return;
  if (kept().unsent) {
    await resend();
    return;
  }
  const now = change((mine) => {
    mine.unsent = { ...body, message_id: newId() };
    if (shown) mine.lines.push({ mine: true, text: shown });
  });
  if (shown) {
    offer([]);
    show(now.lines[now.lines.length - 1]);
    scrollTo(log.scrollHeight);
  }
  await resend(byHand);
}

async function resend(byHand = true) {
  const { unsent, conversation } = kept();
  if (busy || !unsent) return;
  busy = true;
  showWays(busy);
  document.getElementById("send").setAttribute("aria-disabled", "true");
  lines.querySelectorAll(".choices").forEach((old) => old.remove());
  state.textContent = "Đang trả lời…";
  const body = conversation ? { ...unsent, conversation } : unsent;
  try {
    const answer = await deliver(body, (words) => {
      state.textContent = words;
    });
    change((mine) => {
      mine.unsent = null;
    });
    state.textContent = "";
    showWays();
    if (!take(answer)) await news();
  } catch (error) {
    failed(error, unsent);
  } finally {
    busy = false;
    document.getElementById("send").removeAttribute("aria-disabled");
    if (byTouch.matches) {
      // A keyboard that jumps up would cover the answer.
      if (byHand && document.activeElement === document.body) log.focus({ preventScroll: true });
    } else if (!sure.open) {
      text.focus({ preventScroll: true });
    }
  }
}

function failed(error, unsent) {
  showWays();
  if (error.status === 404) {
    // The conversation is no more (erased, or the service was set up anew): go on in a new one.
    change((mine) => Object.assign(mine, { conversation: null, seen: 0, unsent: null }));
    state.textContent = error.message;
    setTimeout(() => say({ text: unsent.text || GREETING }, null), 0);
  } else if (error.status >= 400 && error.status < 500 && error.status !== 429) {
    change((mine) => {
      mine.unsent = null;
      if (unsent.payload) mine.lines.push({ text: error.message });
    });
    state.textContent = unsent.payload ? "" : error.message;
    if (unsent.payload) {
      // An old button: said where an answer would stand, as every answer is.
      bringIntoSight(show({ text: error.message }));
      announce([{ text: error.message }]);
    } else if (!text.value) text.value = unsent.text;
  } else {
    state.textContent = error.status ? error.message : "Không kết nối được. Tin chưa gửi vẫn còn đây.";
    offerAgain(unsent);
    log.scrollTop = log.scrollHeight;
  }
}

async function news() {
  const { conversation, seen } = kept();
  if (!conversation || document.hidden) return;
  try {
    take(await post("/api/chat/news", { conversation, after: seen }));
  } catch (error) {
    // Erased or unknown: nothing of it stays on this machine. Anything else: the next round will do.
    if (error.status === 404 && !busy) {
      forget();
      offer([]);
    }
  }
}

function begin(words = GREETING) {
  lines.replaceChildren();
  showWays();
  say({ text: words }, null, false);
}

/** The code of a poster or a link in the address (`?start=c_…`); taken out of it, so that a reload does not count again. */
function cameBy() {
  const code = new URLSearchParams(location.search).get("start") || "";
  if (!/^c_[a-z0-9_-]{1,62}$/.test(code)) return null;
  history.replaceState(null, "", location.pathname);
  return code;
}

// --- the page -------------------------------------------------------------------------------------------------------

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = text.value.trim();
  if (!typed || busy) return;
  if (kept().unsent) {
    // What waits goes first; what was typed stays in the box.
    resend();
    return;
  }
  text.value = "";
  text.style.height = "";
  say({ text: typed }, typed);
});
text.addEventListener("keydown", (event) => {
  // 229: a key that an input method is still working on (Safari says so only here).
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
    event.preventDefault();
    form.requestSubmit();
  }
});
text.addEventListener("input", () => {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 3}px`;
});
log.addEventListener("scroll", () => {
  if (!busy && state.textContent === "Có tin mới ở dưới.") state.textContent = "";
});

function enlarge(large) {
  page.classList.toggle("large", large);
  document.getElementById("larger").setAttribute("aria-pressed", String(large));
}
document.getElementById("larger").addEventListener("click", () => {
  const large = !page.classList.contains("large");
  const reading = [...lines.children].find((one) => one.offsetTop + one.offsetHeight > log.scrollTop);
  // Letters of another size move everything: whoever reads finds the same words where they were.
  const share = reading ? (log.scrollTop - reading.offsetTop) / reading.offsetHeight : 0;
  enlarge(large);
  setLarge(large);
  if (reading) log.scrollTop = reading.offsetTop + share * reading.offsetHeight;
});
document.getElementById("print").addEventListener("click", () => print());
addEventListener("beforeprint", () => {
  lines.querySelectorAll("details").forEach((folded) => folded.setAttribute("open", ""));
  document.querySelector(".printed-on").textContent = `In ngày ${new Date().toLocaleDateString("vi-VN")}`;
});
document.getElementById("again").addEventListener("click", () => {
  sure.returnValue = "stay";
  sure.showModal();
});
sure.addEventListener("close", () => {
  if (sure.returnValue !== "new" || busy) return;
  forget();
  state.textContent = "";
  begin();
});

whenAnotherTabWrites(() => {
  if (busy) return;
  redraw();
  log.scrollTop = log.scrollHeight;
});
// Where the keyboard does not make the page smaller by itself; a page that was zoomed by hand is left alone.
if (window.visualViewport) {
  visualViewport.addEventListener("resize", () => {
    if (Math.abs(visualViewport.scale - 1) < 0.02) document.body.style.height = `${visualViewport.height}px`;
  });
}
addEventListener("online", () => (kept().unsent ? resend(false) : news()));
document.addEventListener("visibilitychange", news);
setInterval(news, POLL_MS);

enlarge(isLarge());
offerWays();
const poster = cameBy();
const arrive = () => {
  if (poster && !kept().unsent) say({ text: poster }, null, false);
};
if (kept().lines.length) {
  redraw();
  log.scrollTop = log.scrollHeight;
}
if (kept().unsent) resend(false).then(arrive); // what waits goes first; the poster is not forgotten over it
else if (!kept().lines.length) begin(poster || GREETING);
else if (poster) arrive();
else news();
