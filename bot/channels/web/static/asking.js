// Requests to our own server: patient with a bad line, never twice the same message.

const PATIENCE_MS = 30000;
const TRIES = 5;

/** Raises an Error with `status` (none when nothing came back) and `after`, the seconds the server asks to wait. */
export async function post(path, body) {
  const hurry = new AbortController();
  const timer = setTimeout(() => hurry.abort(), PATIENCE_MS);
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: hurry.signal,
    });
    const answer = await response.json();
    if (response.ok) return answer;
    throw Object.assign(new Error(answer.error || "Có trục trặc."), {
      status: response.status,
      after: Number(response.headers.get("Retry-After") || 0),
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Sends until it is answered: the same message_id again is the same message, so trying again does no harm. */
export async function deliver(body, tell) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await post("/api/chat", body);
    } catch (error) {
      const busy = error.status === 429;
      const passing = busy || error.status === undefined || error.status >= 500;
      if (!passing || attempt >= TRIES) throw error;
      tell(busy ? "Nhắn hơi nhanh, đang chờ gửi…" : "Mất kết nối, đang thử lại…");
      await wait(busy ? error.after || 1 : 2 ** (attempt - 1));
    }
  }
}

export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A connection that comes back ends the waiting.
function wait(seconds) {
  return new Promise((done) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener("online", go);
      done();
    };
    const timer = setTimeout(go, seconds * 1000);
    addEventListener("online", go);
  });
}
