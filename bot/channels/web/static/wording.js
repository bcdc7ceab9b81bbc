// A reply's text as blocks to show: pure, nothing of the page in here.

const MARKS = { "✅": "met", "❌": "failed", "❓": "open", "👤": "officer" };
const MARK = /(✅|❌|❓|👤)/u;
// No lookbehind: the browsers of older phones do not know it.
const BOLD = /\*\*([^\s*](?:[^\n]*?[^\s*])?)\*\*/;
// As our own messages write a number: what a person typed is never looked through.
const PHONE = /\b(0\d{2,3} \d{3} \d{3,4})\b/;
const LINK = /(https:\/\/[^\s<>"“”()]*[^\s<>"“”().,;:!?])/;
const SOURCES = /^Căn cứ:\s*/;
const NUMBERED = /^\[\d+\] /;

/** `{kind: "text" | "bold" | "mark" | "phone" | "link", text}` in order; what is no pair of stars stays as it was written. */
export function spans(line) {
  const found = [];
  line.split(BOLD).forEach((part, place) => {
    if (place % 2) {
      found.push({ kind: "bold", text: part });
      return;
    }
    part.split(MARK).forEach((piece) => {
      if (piece in MARKS) {
        found.push({ kind: "mark", text: MARKS[piece] });
        return;
      }
      piece.split(LINK).forEach((words, at) => {
        if (at % 2) found.push({ kind: "link", text: words });
        else found.push(...numbers(words));
      });
    });
  });
  return found;
}

function numbers(words) {
  return words
    .split(PHONE)
    .map((part, at) => ({ kind: at % 2 ? "phone" : "text", text: part }))
    .filter((span) => span.text);
}

function styleOf(line) {
  if (/^(✅|❌|❓|👤|→)/u.test(line)) return "hanging";
  return /^[•-] /.test(line) ? "bullet" : "";
}

/** `{lines: [{style, apart, text}], sources}`: the lines to show, and those that say where it stands in law. */
export function blocks(text) {
  const lines = [];
  const sources = [];
  let listing = false;
  let apart = false;
  for (const line of text.split("\n")) {
    if (SOURCES.test(line)) {
      const said = line.replace(SOURCES, "").trim();
      if (said) sources.push(...said.replace(/\.$/, "").split("; "));
      listing = !said;
    } else if (listing && NUMBERED.test(line)) {
      sources.push(line);
    } else if (!line.trim()) {
      apart = lines.length > 0;
    } else {
      listing = false;
      lines.push({ style: styleOf(line), apart, text: line.trim() });
      apart = false;
    }
  }
  return { lines, sources };
}

/** The places in law of a message: numbered ones as its text numbers them, else all that came with it. */
export function sourcesOf(message, inText) {
  if (inText.some((source) => NUMBERED.test(source))) return inText;
  return message.sources && message.sources.length ? message.sources : inText;
}

/** The first source in a few words, and how many more there are: `Căn cứ: khoản 4 Điều 8 Thông tư … (+2)`. */
export function headOf(sources) {
  const first = sources[0].replace(NUMBERED, "").split(/ \(|, hiệu lực/)[0];
  return `Căn cứ: ${first}${sources.length > 1 ? ` (+${sources.length - 1})` : ""}`;
}

/** What a screen reader says of a text. */
export function spoken(text) {
  const words = { met: "đạt: ", failed: "chưa đạt: ", open: "chưa rõ: ", officer: "cần cán bộ xem: " };
  return blocks(text).lines
    .map((line) => spans(line.text).map((span) => (span.kind === "mark" ? words[span.text] : span.text)).join(""))
    .join("\n");
}
