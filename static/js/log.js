// A public log as C2SP tlog-tiles, read and checked in the browser: signed heads (RFC 8032), tiles, proofs (RFC 9162).
const TILE = 256;
const HASH = 32;
const bytes = new TextEncoder();

export const toBase64 = (raw) => btoa(String.fromCharCode(...new Uint8Array(raw)));
export const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

async function sha256(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

const LEFT_RIGHT = Uint8Array.of(1);
const node = (left, right) => sha256(LEFT_RIGHT, left, right);
const same = (one, other) => toBase64(one) === toBase64(other);
// The largest power of two that is smaller than a length.
const split = (length) => 2 ** Math.ceil(Math.log2(length) - 1);

async function fold(hashes) {
  let row = hashes;
  while (row.length > 1) {
    const next = [];
    for (let i = 0; i < row.length; i += 2) next.push(await node(row[i], row[i + 1]));
    row = next;
  }
  return row[0];
}

function tilePath(level, index, width) {
  const parts = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest; rest = Math.floor(rest / 1000)) {
    parts.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return `tile/${level}/${parts.join("/")}${width === TILE ? "" : `.p/${width}`}`;
}

// Reads the hash of any full subtree of a log of a size out of its tiles; each tile is fetched once.
export function tileReader(size, fetchBytes) {
  const known = new Map();
  return async (level, index) => {
    const rise = level % 8;
    const row = (level - rise) / 8;
    const first = index * 2 ** rise;
    const place = Math.floor(first / TILE);
    const width = Math.min(TILE, Math.floor(size / TILE ** row) - place * TILE);
    const path = tilePath(row, place, width);
    if (!known.has(path)) known.set(path, await fetchBytes(path));
    const start = (first % TILE) * HASH;
    const part = known.get(path).slice(start, start + HASH * 2 ** rise);
    if (part.length !== HASH * 2 ** rise) throw new Error("a tile is too short");
    return fold(Array.from({ length: 2 ** rise }, (_, i) => part.slice(i * HASH, (i + 1) * HASH)));
  };
}

async function rangeRoot(start, end, read) {
  const peaks = [];
  for (let at = start; at < end; ) {
    const level = Math.floor(Math.log2(end - at));
    peaks.push(await read(level, at / 2 ** level));
    at += 2 ** level;
  }
  let found = peaks.pop();
  while (peaks.length) found = await node(peaks.pop(), found);
  return found;
}

export async function consistencyProof(old, size, read) {
  let start = 0, end = size, known = true;
  const path = [];
  while (old !== end) {
    const middle = start + split(end - start);
    if (old <= middle) {
      path.push([middle, end]);
      end = middle;
    } else {
      path.push([start, middle]);
      start = middle;
      known = false;
    }
  }
  if (!known) path.push([start, end]);
  return Promise.all(path.reverse().map(([low, high]) => rangeRoot(low, high, read)));
}

// Whether a proof shows that the log of the old size and root begins the log of the new ones (RFC 9162, 2.1.4.2).
export async function consistent(old, size, oldRoot, root, proof) {
  if (old === size) return !proof.length && same(oldRoot, root);
  if (!(old > 0 && old < size)) return false;
  const steps = Number.isInteger(Math.log2(old)) ? [oldRoot, ...proof] : [...proof];
  if (!steps.length) return false;
  let here = old - 1, last = size - 1;
  const half = () => {
    here = Math.floor(here / 2);
    last = Math.floor(last / 2);
  };
  while (here % 2) half();
  let before = steps[0], after = steps[0];
  for (const step of steps.slice(1)) {
    if (!last) return false;
    if (here % 2 || here === last) {
      before = await node(step, before);
      after = await node(step, after);
      while (here && here % 2 === 0) half();
    } else after = await node(after, step);
    half();
  }
  return !last && same(before, oldRoot) && same(after, root);
}

function readKey(vkey) {
  const [, name, id, coded] = vkey.trim().match(/^([^+]+)\+([0-9a-f]{8})\+(\S+)$/) ?? [];
  if (!coded) throw new Error("not a key of a log");
  const raw = fromBase64(coded);
  if (raw.length !== 33 || raw[0] !== 1) throw new Error("not a key of a log");
  return { name, id, raw: raw.slice(1) };
}

// The text, size and root of a head that the log with this key signed; null where it did not.
export async function readHead(note, vkey) {
  const key = readKey(vkey);
  const [head, tail] = note.split("\n\n");
  const text = `${head}\n`;
  const [origin, size, root] = head.split("\n");
  const mark = `— ${key.name} `;
  const line = (tail ?? "").split("\n").find((one) => one.startsWith(mark));
  if (!line || origin !== key.name || !/^(0|[1-9]\d{0,14})$/.test(size)) return null;
  const signature = fromBase64(line.slice(mark.length));
  const hex = [...signature.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const publicKey = await crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
  const held = await crypto.subtle.verify({ name: "Ed25519" }, publicKey, signature.slice(4), bytes.encode(text));
  return held && hex === key.id ? { text, size: Number(size), root } : null;
}

// What is signed under a head (C2SP tlog-cosignature/v1).
export const cosigned = (text, seconds) => bytes.encode(`cosignature/v1\ntime ${seconds}\n${text}`);

// Why a head cannot be confirmed by whoever confirmed an older one; an empty word where it can.
export async function fault(known, head, fetchBytes) {
  if (!head) return "not-signed";
  if (!known?.size) return "";
  if (head.size < known.size) return "shorter";
  if (head.size === known.size) return head.root === known.root ? "" : "other-root";
  const proof = await consistencyProof(known.size, head.size, tileReader(head.size, fetchBytes));
  const held = await consistent(known.size, head.size, fromBase64(known.root), fromBase64(head.root), proof);
  return held ? "" : "not-continued";
}
