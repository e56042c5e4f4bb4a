// A party's witness: a key that never leaves this browser, the last head it confirmed, and the check before the next.
import { cosigned, fault, fromBase64, readHead, toBase64 } from "./log.js";

const place = document.getElementById("witness");
const KEY = { name: "Ed25519" };

function store(mode, act) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("sifang-witness", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const request = act(opening.result.transaction("keys", mode).objectStore("keys"));
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    };
  });
}

const slot = () => `${place.dataset.origin}|${place.dataset.party}`;
const kept = () => store("readonly", (keys) => keys.get(slot()));
const keep = (value) => store("readwrite", (keys) => keys.put(value, slot()));

function say(word) {
  const words = place.querySelector(`template[data-word="${word}"]`);
  place.querySelector("[data-said]").replaceChildren(words.content.cloneNode(true));
}

function show(...names) {
  for (const one of place.querySelectorAll("[data-act]")) one.hidden = !names.includes(one.dataset.act);
}

function send(form, values) {
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
  form.requestSubmit();
}

async function get(path) {
  const answer = await fetch(`${place.dataset.log}/${path}`, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function register() {
  show();
  const pair = await crypto.subtle.generateKey(KEY, false, ["sign", "verify"]);
  const open = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const name = `${place.dataset.origin}/witness/${place.dataset.party}`;
  const encoder = new TextEncoder();
  const coded = Uint8Array.of(4, ...open);
  const hash = await crypto.subtle.digest("SHA-256", Uint8Array.of(...encoder.encode(`${name}\n`), ...coded));
  const id = [...new Uint8Array(hash).slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const vkey = `${name}+${id}+${toBase64(coded)}`;
  const proof = await crypto.subtle.sign(KEY, pair.privateKey, encoder.encode(`sifang witness/v1\n${vkey}\n`));
  await keep({ secret: pair.privateKey, open: toBase64(open), log: place.dataset.vkey, head: null });
  send(document.getElementById("register-witness"), { public: toBase64(open), proof: toBase64(proof) });
}

async function confirm(mine) {
  show();
  say("checking");
  const note = new TextDecoder().decode(await get("checkpoint"));
  const head = await readHead(note, mine.log);
  const why = await fault(mine.head, head, get);
  if (why) {
    say(why);
    show("doubt");
    const form = document.getElementById("doubt-log");
    form.elements.size.value = mine.head?.size ?? 0;
    form.elements.root.value = mine.head?.root ?? toBase64(new Uint8Array(32));
    form.elements.reason.value = why;
    return;
  }
  const seconds = Math.floor(Date.now() / 1000);
  const signature = await crypto.subtle.sign(KEY, mine.secret, cosigned(head.text, seconds));
  // Kept before it is sent: two heads that do not fit together are never both confirmed from here.
  await keep({ ...mine, head: { size: head.size, root: head.root } });
  send(document.getElementById("cosign-log"), { size: head.size, seconds, signature: toBase64(signature) });
}

function begin(act) {
  return () => act().catch(() => {
    say("failed");
    show("again");
  });
}

async function start() {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return say("insecure");
  try {
    await crypto.subtle.importKey("raw", fromBase64(place.dataset.vkey.trim().slice(-44)).slice(1), KEY, false, ["verify"]);
  } catch {
    return say("no-ed25519");
  }
  const mine = await kept();
  place.querySelector("[data-do=register]").addEventListener("click", begin(register));
  if (!mine || mine.open !== place.dataset.key) {
    say(place.dataset.key ? "elsewhere" : "none");
    return show("register");
  }
  for (const one of place.querySelectorAll("[data-do=cosign]")) one.addEventListener("click", begin(() => confirm(mine)));
  say(mine.head ? "ready" : "first");
  show("cosign");
}

if (place) start().catch(() => say("failed"));
