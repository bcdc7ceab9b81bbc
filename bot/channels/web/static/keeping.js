// What this browser keeps of the conversation, shared by its tabs; without storage, for as long as the page is open.

const KEY = "khuyencong.chat";
const LARGE = "khuyencong.large";
const MOST_LINES = 80;

const EMPTY = { conversation: null, seen: 0, lines: [], unsent: null };
let inMemory = JSON.stringify(EMPTY);

export function kept() {
  try {
    inMemory = localStorage.getItem(KEY) || JSON.stringify(EMPTY);
  } catch {
    // Storage is forbidden here: what is in memory stands.
  }
  try {
    return { ...EMPTY, ...JSON.parse(inMemory) };
  } catch {
    return { ...EMPTY };
  }
}

/** Reads, changes and writes in one go, so that two tabs do not undo each other. */
export function change(how) {
  const now = kept();
  how(now);
  now.lines = now.lines.slice(-MOST_LINES);
  write(KEY, JSON.stringify(now));
  return now;
}

export function forget() {
  write(KEY, JSON.stringify(EMPTY));
}

export function whenAnotherTabWrites(then) {
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) then();
  });
}

export function isLarge() {
  try {
    return localStorage.getItem(LARGE) === "yes";
  } catch {
    return false;
  }
}

export function setLarge(large) {
  try {
    localStorage.setItem(LARGE, large ? "yes" : "no");
  } catch {
    // Then it holds for this page only.
  }
}

function write(key, value) {
  inMemory = value;
  try {
    localStorage.setItem(key, value);
  } catch {
    // A full or forbidden storage only means that a reload starts anew.
  }
}
