// The page works without this script; with it Enter asks, "/" goes back to the question, and the
// answer takes its place without a reload, so that a screen reader hears of it. A question stands in no
// address, since addresses stay in the browser's history; for the back button and a reload it stands in the
// tab's own state, which goes when the tab is closed.
import { offerCopies } from "./copying.js";

const form = document.querySelector("[data-ask]");
const holder = document.querySelector("[data-answer]");

if (form && holder) {
  const box = form.elements.q;
  const status = document.querySelector("[data-status]");
  let running = null;

  // What the form holds, as the tab keeps it; null for a page that is its address alone.
  const typed = () => Object.fromEntries(new FormData(form));

  const offer = () => offerCopies(holder, (said) => (status.textContent = said));

  const fill = (question) => {
    for (const [name, value] of Object.entries(question)) form.elements[name].value = value;
  };

  async function show(question, remember) {
    running?.abort();
    const mine = (running = new AbortController());
    form.setAttribute("aria-busy", "true");
    status.textContent = "調べています";
    try {
      const asked = question ? { method: "POST", body: new URLSearchParams(question) } : {};
      const reply = await fetch(question ? "/" : location.href, { ...asked, signal: mine.signal });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const next = page.querySelector("[data-answer]");
      if (!reply.ok || !next) {
        leave(question); // Let the browser show what the server says.
        return;
      }
      holder.replaceChildren(...next.childNodes);
      offer();
      fill(Object.fromEntries(new FormData(page.querySelector("[data-ask]"))));
      if (remember) history.pushState(question, "", "/");
      document.title = page.title;
      const heading = holder.querySelector("#urgent-heading, #answer-heading");
      status.textContent = heading ? heading.textContent : "";
      heading?.scrollIntoView({ block: "nearest" });
    } catch (error) {
      if (error.name === "AbortError") return;
      status.textContent = "";
      leave(question);
    } finally {
      if (running === mine) form.removeAttribute("aria-busy");
    }
  }

  // Asks without this script.
  function leave(question) {
    if (!question) {
      location.reload();
      return;
    }
    fill(question);
    form.submit();
  }

  offer();

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(typed(), true);
  });

  box.addEventListener("keydown", (event) => {
    // Enter while a Japanese word is being converted belongs to the input method.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  window.addEventListener("popstate", (event) => show(event.state, false));

  if (history.state?.q) show(history.state, false); // after a reload, or back from a document
}
