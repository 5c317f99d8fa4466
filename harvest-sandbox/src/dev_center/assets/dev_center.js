// Comfort only: everything works without it.
"use strict";

// A live region speaks when it changes, not when it is there from the beginning.
for (const region of document.querySelectorAll(".notice > p")) {
  const text = region.textContent;
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (field.select) field.select(); else getSelection().selectAllChildren(field);
    try {
      await navigator.clipboard.writeText(field.value ?? field.textContent);
      said.textContent = "Copied";
    } catch {
      // Outside of https and localhost there is no clipboard to write to.
      said.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl-C or ⌘C to copy";
    }
  });
}

for (const form of document.querySelectorAll("[data-permissions]")) {
  const filter = form.querySelector("[data-filter] input");
  const none = form.querySelector("[data-none]");
  const count = form.querySelector("[data-count]");
  const boxes = [...form.querySelectorAll("[data-resource] li input")];
  const groups = [...form.querySelectorAll("[data-resource]")].map((group) => ({
    group,
    all: group.querySelector("[data-all] input"),
    title: group.querySelector("legend").textContent.toLowerCase(),
    items: [...group.querySelectorAll("li")].map((item) => ({
      item,
      box: item.querySelector("input"),
      text: item.textContent.toLowerCase(),
    })),
  }));
  const endpoints = count.textContent.replace(/^[^,]*,/, ",");

  const show = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { group, title, items } of groups) {
      let visible = 0;
      for (const { item, text } of items) {
        item.hidden = !words.every((word) => text.includes(word) || title.includes(word));
        visible += item.hidden ? 0 : 1;
      }
      group.hidden = visible === 0;
      shown += visible;
    }
    none.hidden = shown > 0;
    tally();
  };
  const tally = () => {
    for (const { all, items } of groups) {
      const visible = items.filter(({ item }) => !item.hidden);
      const checked = visible.filter(({ box }) => box.checked).length;
      all.checked = visible.length > 0 && checked === visible.length;
      all.indeterminate = checked > 0 && checked < visible.length;
    }
    const checked = boxes.filter((box) => box.checked).length;
    count.textContent = `${checked} of ${boxes.length} ${form.dataset.permissions || "permissions"}${endpoints}`;
  };

  for (const { all, items } of groups) {
    all.parentElement.hidden = false;
    all.addEventListener("change", () => {
      for (const { item, box } of items) {
        if (!item.hidden) box.checked = all.checked;
      }
      tally();
    });
  }
  for (const button of form.querySelectorAll("[data-check]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const box of boxes) box.checked ||= box.value.startsWith(button.dataset.check);
      tally();
    });
  }
  filter.parentElement.hidden = false;
  filter.addEventListener("input", show);
  // Enter in the filter is not meant to save.
  filter.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  form.addEventListener("change", tally);
  show();
}

// What changes by the API shows by itself.
const live = document.querySelector("[data-live]");
if (live) {
  const state = document.querySelector("[data-live-state]");
  const events = new EventSource(`/configure/changes?of=${live.dataset.live}`);
  let wanted = false;
  const isTyping = () => live.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
  const refresh = async () => {
    const answer = await fetch(location.href, { headers: { "X-Refresh": "1" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-live]");
    if (!fresh || isTyping()) return;
    const focused = live.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    const scrolled = [...live.querySelectorAll("[role=region]")].map((it) => [it.getAttribute("aria-label"), it.scrollLeft]);
    live.dataset.at = fresh.dataset.at;
    live.replaceChildren(...fresh.childNodes);
    for (const [label, left] of scrolled) {
      const region = label && live.querySelector(`[role=region][aria-label="${CSS.escape(label)}"]`);
      if (region) region.scrollLeft = left;
    }
    if (focused) live.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  };
  const run = async () => {
    while (wanted) {
      wanted = false;
      await refresh().catch(() => {});
    }
  };
  let running = Promise.resolve();
  events.addEventListener("open", () => { if (state) state.hidden = false; });
  events.addEventListener("error", () => { if (state) state.hidden = true; });
  events.addEventListener("message", ({ data }) => {
    if (data === live.dataset.at) return;
    wanted = true;
    running = running.then(run);
  });
}
