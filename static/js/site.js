// What makes the pages more comfortable. Every page works without this file.
import "htmx.org";
import { dropDraft, keepDrafts } from "./drafts.js";
import { keepRunning } from "./running.js";

// Where something has to be mended, the reader is led there; else what was renewed is said once, in words.
function lead(root) {
  const errors = root.matches?.(".errors") ? root : root.querySelector(".errors");
  if (errors && document.activeElement !== errors) errors.focus();
  const said = root.matches?.("[data-announce]") ? root : root.querySelector("[data-announce]");
  const live = document.getElementById("live");
  if (live && said) live.textContent = said.dataset.announce;
}

// The server names the place for a sentence (a refusal, a lost session) in HX-Retarget; show it there whatever its status.
function beforeSwap(event) {
  const answer = event.detail.xhr;
  if (answer.status < 400) dropDraft(event.detail.requestConfig?.elt);
  if (!answer.getResponseHeader("HX-Retarget")) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
}

// The line is dead: say so where the page says what goes wrong, in the words that the page brought along.
function sayLost() {
  const place = document.getElementById("page-status");
  const words = document.getElementById("lost-words");
  if (place && words) place.replaceChildren(words.content.cloneNode(true));
}

function clearStatus(event) {
  if (event.detail.target?.id !== "page-status") document.getElementById("page-status")?.replaceChildren();
}

document.addEventListener("htmx:beforeSwap", beforeSwap);
document.addEventListener("htmx:afterSwap", clearStatus);
document.addEventListener("htmx:sendError", sayLost);
document.addEventListener("htmx:timeout", sayLost);
document.addEventListener("htmx:load", (event) => {
  const root = event.detail.elt;
  if (root === document.body) return;
  lead(root);
  keepDrafts(root);
  keepRunning(root);
});

// A scanned code stands behind the # of the address, which no server reads; it goes into its field and out of the address.
const code = document.querySelector("input[data-from-hash]");
if (code && !code.value && location.hash.length > 1) {
  code.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}

// The mark autofocus has had its turn by then.
window.addEventListener("load", () => lead(document));
keepDrafts(document);
keepRunning(document);
