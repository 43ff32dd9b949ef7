/* What a script adds to pages that work without it: suggestions under a search box, a box that shortens long
   lists of filters, the links of a map's stop lit while it has focus, a print button, <details> that open for printing (without data-keep), addresses without empty fields. No dependency. */
(() => {
  "use strict";
  const make = (tag, props) => Object.assign(document.createElement(tag), props);

  /* Suggestions: an ARIA combobox on the box's own input. Enter without a choice searches as before. */
  function suggest(box) {
    const input = box.querySelector("input[name=q]");
    const list = make("ul", { id: `${input.id}-list`, className: "suggestions", hidden: true });
    const label = document.querySelector(`label[for="${input.id}"]`);
    let options = [], at = -1, timer, asked = 0;
    list.setAttribute("role", "listbox");
    if (label) list.setAttribute("aria-label", label.textContent);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]])
      input.setAttribute(name, value);
    input.parentElement.append(list);
    if (getComputedStyle(input.parentElement).position === "static") input.parentElement.style.setProperty("position", "relative");

    const close = () => {
      list.hidden = true; at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (index) => {
      at = (index + options.length + 1) % (options.length + 1);
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      if (at < options.length && at >= 0) {
        input.setAttribute("aria-activedescendant", list.children[at].id);
        list.children[at].scrollIntoView({ block: "nearest" });
      } else { at = -1; input.removeAttribute("aria-activedescendant"); }
    };
    const show = (found) => {
      options = found;
      list.replaceChildren(...found.map(({ label: text, kind, url }, i) => {
        const item = make("li", { id: `${list.id}-${i}` });
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.append(make("span", { textContent: text }), make("small", { textContent: kind || "" }));
        item.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(url); });
        return item;
      }));
      at = -1;
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(!!found.length));
    };
    const ask = async () => {
      const words = input.value.trim(), mine = ++asked;
      if (words.length < 2) return close();
      try {
        const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(words)}`);
        const found = answer.ok ? await answer.json() : [];
        if (mine === asked && document.activeElement === input) show(found.slice(0, 8));
      } catch { close(); }
    };
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 140); });
    input.addEventListener("blur", () => { asked++; close(); });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
      else if (list.hidden) return;
      else if (event.key === "ArrowDown") { event.preventDefault(); choose(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); choose(at < 0 ? options.length - 1 : at - 1); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); location.assign(options[at].url); }
    });
  }

  /* A long group of filters gets a box that hides the options without the typed letters. */
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  function shorten(group, label) {
    const rows = [...group.querySelectorAll("li")];
    if (rows.length <= 12) return;
    const input = make("input", { type: "search", className: "facet-search", autocomplete: "off" });
    input.setAttribute("aria-label", `${label}: ${group.querySelector("legend").textContent}`);
    input.placeholder = label;
    input.addEventListener("input", () => {
      const words = plain(input.value);
      for (const row of rows)
        row.hidden = !plain(row.querySelector(".option").textContent).includes(words) && !row.querySelector("input").checked;
    });
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    group.querySelector("ul").before(input);
  }

  document.querySelectorAll("[data-suggest]").forEach(suggest);
  document.querySelectorAll("[data-filter-label]").forEach((form) =>
    form.querySelectorAll("fieldset").forEach((group) => shorten(group, form.dataset.filterLabel)));

  /* On a line map, the links of the stop under the pointer or the focus stay bright. */
  document.querySelectorAll(".linemap").forEach((map) => {
    const links = [...map.querySelectorAll("[data-from]")];
    const light = (event) => {
      const key = event.type === "focusin" || event.type === "pointerover" ? event.target.closest("[data-node]")?.dataset.node : null;
      let lit = false;
      for (const { classList, dataset } of links)
        lit = classList.toggle("lit", !!key && (dataset.from === key || dataset.to === key)) || lit;
      map.classList.toggle("lit", lit);
    };
    for (const name of ["focusin", "focusout", "pointerover", "pointerleave"]) map.addEventListener(name, light);
  });

  /* Addresses carry only what was asked for. */
  document.querySelectorAll("form[method=get]").forEach((form) => {
    const empty = () => [...form.elements].filter((field) => field.name && !field.value);
    form.addEventListener("submit", () => empty().forEach((field) => { field.disabled = true; }));
    addEventListener("pageshow", () => empty().forEach((field) => { field.disabled = false; }));
  });

  /* Browsers that cannot style a closed <details> get the filters opened on wide screens. */
  const filters = document.querySelector("details.filters");
  if (filters && matchMedia("(min-width: 60rem)").matches) filters.open = true;

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open], [data-keep])")];
    opened.forEach((item) => { item.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((item) => { item.open = false; }));
})();
