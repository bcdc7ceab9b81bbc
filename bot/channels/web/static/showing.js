// A message as the page shows it: every text set as text and never as HTML.
import { kept } from "./keeping.js";
import { blocks, headOf, sourcesOf, spans } from "./wording.js";

const MARK_NAMES = { met: "đạt", failed: "chưa đạt", open: "chưa rõ", officer: "cần cán bộ xem" };

const page = document.documentElement;

export function element(name, className, words) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (words !== undefined) made.textContent = words;
  return made;
}

/** One line of a text: `{style, apart, text}`. */
export function lineElement(line) {
  const shown = element("p", `${line.style || ""}${line.apart ? " apart" : ""}`.trim());
  spans(line.text).forEach((span) => {
    if (span.kind === "bold") shown.append(element("strong", "", span.text));
    else if (span.kind === "mark") {
      const mark = element("span", `mark ${span.text}`);
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", MARK_NAMES[span.text]);
      shown.append(mark);
    } else if (span.kind === "phone") {
      const call = element("a", "phone", span.text);
      call.href = `tel:${span.text.replace(/ /g, "")}`;
      shown.append(call);
    } else if (span.kind === "link") {
      const link = element("a", "link", span.text.replace("https://", ""));
      link.href = span.text;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      shown.append(link);
    } else shown.append(span.text);
  });
  return shown;
}

function fold(sources) {
  const folded = element("details");
  const list = element("ul");
  sources.forEach((source) => list.append(element("li", "", source)));
  folded.append(element("summary", "", headOf(sources)), list);
  return folded;
}

/** A message as it stands in the conversation. */
export function bubbleOf(message) {
  const bubble = element("div", `bubble${message.mine ? " mine" : ""}${message.quiet ? " aside" : ""}`);
  bubble.append(element("span", "hidden", message.mine ? "Anh/chị: " : "Khuyến công: "));
  if (message.mine) {
    bubble.append(element("p", "asis", message.text));
  } else {
    const parts = blocks(message.text);
    const sources = sourcesOf(message, parts.sources);
    bubble.append(...parts.lines.map(lineElement));
    if (sources.length) bubble.append(fold(sources));
    if (message.document) bubble.append(fileLink(message.document));
    if (message.result) bubble.append(printButton(bubble));
  }
  return bubble;
}

function fileLink(file) {
  const link = element("a", "file", `Tải ${file.filename}`);
  link.href = `${file.url}?conversation=${encodeURIComponent(kept().conversation)}`;
  link.download = file.filename;
  return link;
}

function printButton(bubble) {
  const button = element("button", "quiet", "In kết quả này");
  button.type = "button";
  button.addEventListener("click", () => {
    bubble.classList.add("printed");
    page.classList.add("one");
    print();
    page.classList.remove("one");
    bubble.classList.remove("printed");
  });
  return button;
}
