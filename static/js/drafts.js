// What somebody is writing is kept in this browser until it has been sent, seven days at most.
// A form asks for it by data-draft="name"; passwords, files, codes and whatever says data-no-draft are never kept.
const PREFIX = "draft:";
const WEEK = 7 * 24 * 3600 * 1000;
const WAIT = 700;
const UNKEPT = new Set(["password", "file", "hidden", "submit", "button"]);

// One draft for each reader, form and place it is sent to, so that it is found again where the form comes back with errors.
function slot(form) {
  const target = new URL(form.getAttribute("action") || location.pathname, location.href).pathname;
  return `${PREFIX}${document.body.dataset.reader ?? ""}:${target}#${form.dataset.draft}`;
}

function fields(form) {
  return [...form.elements].filter((field) => field.name && !UNKEPT.has(field.type) && !("noDraft" in field.dataset));
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

function typed(form) {
  const values = {};
  for (const field of fields(form)) {
    if (field.type === "checkbox" || field.type === "radio") {
      values[field.name] ??= [];
      if (field.checked) values[field.name].push(field.value);
    } else if (field.type === "select-multiple") {
      values[field.name] = [...field.selectedOptions].map((option) => option.value);
    } else (values[field.name] ??= []).push(field.value);
  }
  return values;
}

function fill(form, values) {
  const left = JSON.parse(JSON.stringify(values));
  for (const field of fields(form)) {
    const kept = left[field.name];
    if (!kept) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = kept.includes(field.value);
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = kept.includes(option.value);
    else if (kept.length) field.value = kept.shift();
  }
}

function say(form, part) {
  const line = form.querySelector("[data-draft-line]");
  for (const child of line?.children ?? []) child.hidden = child.dataset.say !== part;
}

function keep(form) {
  const key = slot(form);
  const fresh = JSON.stringify(typed(form));
  let timer;
  // A form that comes back with what is wrong shows what was sent; that is newer than any draft.
  const draft = form.querySelector("[aria-invalid=true]") ? null : read(key);
  if (draft && JSON.stringify(draft.values) !== fresh) {
    fill(form, draft.values);
    say(form, "restored");
  }
  if (draft) write(key, { ...draft, sent: "" });

  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    if (write(key, { values: typed(form), at: Date.now(), sent: "" })) say(form, "saved");
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });
  window.addEventListener("pagehide", () => timer !== undefined && save());
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = undefined;
    write(key, { values: typed(form), at: Date.now(), sent: location.href.split("#")[0] });
  });
  form.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
    clearTimeout(timer);
    timer = undefined;
    localStorage.removeItem(key);
    fill(form, JSON.parse(fresh));
    say(form, "");
    fields(form)[0]?.focus();
  });
}

// A draft that was sent has served when its form leads straight to an ordinary page. It has not when the reader was led to
// errors or to the sign-in, or came here some other way because the line was dead.
function sweep() {
  const came = performance.getEntriesByType("navigation")[0]?.type ?? "navigate";
  const straight = came === "navigate" && !document.querySelector("main[data-astray], .errors");
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    const draft = read(key);
    const served = straight && draft?.sent && draft.sent === document.referrer;
    if (!draft || served || Date.now() - draft.at > WEEK) localStorage.removeItem(key);
  }
}

// A form that was sent without leaving the page.
export function dropDraft(form) {
  if (!form?.matches?.("form[data-draft]")) return;
  try {
    localStorage.removeItem(slot(form));
  } catch {
    // Nothing was kept.
  }
}

let swept = false;

export function keepDrafts(root) {
  try {
    if (!swept) sweep();
    swept = true;
  } catch {
    return; // This browser keeps nothing for us; the form works all the same.
  }
  const forms = root.matches?.("form[data-draft]") ? [root] : root.querySelectorAll("form[data-draft]");
  forms.forEach(keep);
  document.querySelectorAll("form[data-clear-drafts]").forEach((form) =>
    form.addEventListener("submit", () => {
      for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    }),
  );
}
