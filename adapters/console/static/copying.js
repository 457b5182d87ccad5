// A passage is never copied without where it stands.
export function offerCopies(holder, tell) {
  if (!navigator.clipboard) return;
  for (const button of holder.querySelectorAll("[data-copy][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const card = button.closest(".citation");
      const parts = [".passage", ".notice-warning", "h3", ".source"].map((part) => card.querySelector(part));
      const lines = parts.filter(Boolean).map((part) => part.textContent.trim().replace(/\s+/g, " "));
      const link = card.querySelector(".links a");
      await navigator.clipboard.writeText([...lines, link?.href].filter(Boolean).join("\n"));
      button.textContent = "コピーしました";
      tell("コピーしました");
    });
  }
}
