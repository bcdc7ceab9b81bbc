// Going on with this conversation on another channel: a one-time link, made only when somebody asks for it.
import { post } from "./asking.js";
import { kept } from "./keeping.js";
import { element, lineElement } from "./showing.js";

const row = document.getElementById("ways");
const box = document.getElementById("onward");
const state = document.getElementById("state");

/** Shows a button for each channel that is running; without one, nothing. */
export async function offerWays() {
  let ways = [];
  try {
    ({ ways } = await (await fetch("/api/chat/onward")).json());
  } catch {
    // The conversation goes on here as well.
  }
  row.replaceChildren(
    ...ways.map((way) => {
      const button = element("button", "quiet", way.title);
      button.type = "button";
      button.addEventListener("click", () => open(way.channel));
      return button;
    }),
  );
  showWays();
}

/** Somebody who has said nothing yet has nothing to take along; while an answer is made, it is waited for here. */
export function showWays(waiting = false) {
  row.hidden = waiting || !row.childElementCount || !kept().lines.some((line) => line.mine);
}

async function open(channel) {
  try {
    show(await post("/api/chat/onward", { conversation: kept().conversation, channel }));
  } catch (error) {
    state.textContent = error.status ? error.message : "Không kết nối được, anh/chị thử lại giúp.";
  }
}

function show(told) {
  box.querySelector("h2").textContent = told.title;
  box.querySelector(".steps").replaceChildren(...told.lines.map((text) => lineElement({ text })));
  box.querySelector(".notes").replaceChildren(...told.notes.map((text) => lineElement({ text })));
  const link = box.querySelector("a");
  link.textContent = told.opens;
  link.href = told.url;
  box.showModal();
}

box.querySelector("a").addEventListener("click", () => box.close());
