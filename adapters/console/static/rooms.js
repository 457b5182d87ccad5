// The practice place. The page can be read and written in without this script; with it rooms have tabs, messages
// arrive by themselves, and forms open as dialogs. All HTML comes from the server, which has escaped it.
import { offerCopies } from "./copying.js";

const page = document.querySelector("[data-rooms]");
const status = document.querySelector("[data-status]");
const trouble = document.querySelector("[data-trouble]");
const SENDING = "[data-say], [data-press], [data-submit], [data-search]";
const NO_CONNECTION = "つながりません。まどぐちが動いているか確かめてください。自動でつなぎ直します。";

const say = (text) => (status.textContent = text);
const roomOf = (element) => page.querySelector(`[data-room="${element.closest("[data-room]").dataset.room}"]`);

const grieve = (text) => {
  trouble.textContent = text;
  trouble.hidden = !text;
};

function piece(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

function put(holder, html) {
  holder.replaceChildren(piece(html));
  offerCopies(holder, say);
}

// Messages

// Scrolls within a room, never the page, so that an element is seen from its beginning, with the end of what stands
// above it: a long answer with the question.
function reveal(element) {
  const scroll = element.closest("[data-scroll]");
  const [seen, here] = [scroll.getBoundingClientRect(), element.getBoundingClientRect()];
  if (here.top >= seen.top && here.bottom <= seen.bottom) return;
  scroll.scrollTop += Math.min(here.top - seen.top - 80, here.bottom - seen.bottom + 8);
}

// Shows a message, or the new state of one that is shown already; replies under it stay.
function show({ room: id, spot, thread, html, summary }) {
  const room = page.querySelector(`[data-room="${id}"]`);
  const next = piece(html);
  offerCopies(next, say);
  const standing = document.getElementById(next.id);
  if (standing) {
    const [old, fresh] = [standing, next].map((item) => item.querySelector(":scope > [data-body]"));
    const focused = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (focused) fresh.focus();
    return;
  }
  const panel = room.querySelector(`[data-panel="${spot}"]`);
  const first = thread && document.getElementById(`${id}-${thread}`);
  (first || panel).querySelector(first ? "[data-replies]" : "[data-messages]").append(next);
  if (panel.hidden) room.querySelector(`[aria-controls="${panel.id}"]`).dataset.unread = "";
  else reveal(next);
  if (summary) say(`${room.dataset.name}：${summary}`);
}

// Everything new comes by one stream a page, for browsers keep few connections to one address; a page that nobody
// sees gives its stream up, and catches up when it is seen again.
let known = page.dataset.after;
let stream = null;

function listen() {
  stream?.close();
  stream = new EventSource(`/rooms/events?after=${known}`);
  stream.onmessage = (event) => {
    known = event.lastEventId;
    show(JSON.parse(event.data));
  };
  stream.onopen = () => grieve("");
  stream.onerror = () => {
    if (document.hidden) return;
    grieve(NO_CONNECTION);
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
}

document.addEventListener("visibilitychange", () => (document.hidden ? stream.close() : listen()));
listen();

// What is sent, and what it leads to

const ask = (address, body) =>
  fetch(address, { headers: { Accept: "application/json" }, ...(body ? { method: "POST", body } : {}) });

function react(room, reply) {
  if (reply.message) show(reply.message);
  if (reply.dialog) openDialog(reply.dialog);
  if (reply.whisper) put(room.querySelector("[data-whispers]"), reply.whisper);
  if (reply.home) put(room.querySelector("[data-home]"), reply.home);
  if (reply.prompts) put(room.querySelector("[data-prompts]"), reply.prompts);
  if (reply.results) {
    const results = room.querySelector("[data-results]");
    const holder = document.createElement("template");
    holder.innerHTML = reply.results;
    results.replaceChildren(holder.content);
    offerCopies(results, say);
    say(`${results.querySelectorAll(".citation").length}件見つかりました`);
  }
}

function openDialog(html) {
  const dialog = piece(html);
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.showModal();
}

// Puts what is wrong beside the fields, and leads to the first of them.
function showFaults(form, faults) {
  for (const place of form.querySelectorAll("[data-fault]")) place.hidden = true;
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const [name, fault] of Object.entries(faults)) {
    const place = form.querySelector(`[data-fault="${CSS.escape(name)}"]`) ?? form.querySelector('[data-fault=""]');
    place.textContent = fault;
    place.hidden = false;
    for (const field of form.querySelectorAll(`[name="${CSS.escape(`field.${name}`)}"]`)) field.ariaInvalid = "true";
  }
  form.querySelector('[aria-invalid="true"]')?.focus();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches(SENDING)) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const room = roomOf(form);
  try {
    // Not form.action: a field of that name hides it.
    const reply = await (await ask(form.getAttribute("action"), new URLSearchParams(new FormData(form)))).json();
    grieve(reply.trouble ?? "");
    if (reply.trouble) return; // What was typed stays, with its id: sent again, it counts once.
    if (form.elements.id) form.elements.id.value = reply.id;
    room.querySelector("[data-whispers]").replaceChildren();
    react(room, reply);
    if (form.matches(".prompts *")) form.closest(".prompts").remove();
    else if (form.matches("[data-say]")) form.elements.text.value = "";
    if (reply.faults) showFaults(form, reply.faults);
    else if (form.matches("[data-submit]")) {
      form.closest("dialog").close();
      if (!room.querySelector('[data-panel="home"]').hidden) openHome(room);
    }
  } catch {
    grieve(NO_CONNECTION);
  } finally {
    form.ariaBusy = null;
  }
});

page.addEventListener("keydown", (event) => {
  // Enter while a Japanese word is being converted belongs to the input method.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  if (!event.target.matches("[data-say] textarea")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// Tabs

async function openHome(room, what = "home") {
  try {
    react(room, await (await ask(`/rooms/${room.dataset.room}/${what}`)).json());
  } catch {
    grieve(NO_CONNECTION);
  }
}

function select(room, chosen) {
  for (const tab of room.querySelectorAll("[role=tab]")) {
    const panel = document.getElementById(tab.getAttribute("aria-controls"));
    tab.ariaSelected = String(tab === chosen);
    tab.tabIndex = tab === chosen ? 0 : -1;
    panel.hidden = tab !== chosen;
    if (tab !== chosen) continue;
    delete tab.dataset.unread;
    const last = panel.querySelector("[data-messages] > :last-child");
    if (last) reveal(last);
    if (panel.dataset.panel === "home") openHome(room);
    if (panel.dataset.panel === "direct" && !panel.querySelector(".prompts, .message:not(:first-child)")) {
      openHome(room, "prompts");
    }
  }
}

for (const room of page.querySelectorAll("[data-look]")) {
  const bar = room.querySelector("[data-tabs]");
  bar.hidden = false;
  bar.role = "tablist";
  bar.ariaLabel = room.dataset.name;
  for (const panel of room.querySelectorAll("[data-panel]")) {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.role = "tab";
    tab.id = `tab-${panel.id}`;
    tab.textContent = panel.dataset.label;
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.querySelector("h4").hidden = true;
    tab.addEventListener("click", () => select(room, tab));
    bar.append(tab);
  }
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const tabs = [...bar.children];
    const next = tabs.at((tabs.indexOf(document.activeElement) + step) % tabs.length);
    next.focus();
    select(room, next);
  });
  select(room, bar.firstElementChild);
}
offerCopies(page, say);
