"use strict";
(() => {
  const tip = document.getElementById("tip");

  // Text alone: names come from other people.
  function showTip(handler, event, item, value) {
    tip.hidden = true;
    if (value === null || value === undefined || value === "") return;
    tip.replaceChildren();
    const lines = typeof value === "object" ? Object.entries(value) : [["", value]];
    for (const [name, text] of lines) {
      const line = document.createElement("div");
      const label = document.createElement("span");
      label.textContent = name;
      const shown = document.createElement("b");
      shown.textContent = String(text);
      line.append(label, shown);
      tip.append(line);
    }
    tip.hidden = false;
    const room = 12;
    const left = Math.min(event.clientX + room, window.innerWidth - tip.offsetWidth - room);
    const below = event.clientY + room;
    const fits = below + tip.offsetHeight < window.innerHeight;
    tip.style.left = `${Math.max(room, left)}px`;
    tip.style.top = `${fits ? below : Math.max(0, event.clientY - tip.offsetHeight - room)}px`;
  }

  const options = {
    ast: true,
    renderer: "svg",
    actions: false,
    defaultStyle: false,
    tooltip: showTip,
    loader: { load() { throw new Error("nothing is loaded"); } },
  };

  async function draw(script) {
    const key = script.dataset.spec;
    const element = document.getElementById(`chart-${key}`);
    try {
      const { view } = await vegaEmbed(element, JSON.parse(script.textContent), options);
      const pick = document.querySelector(`select[data-chart="${key}"]`);
      if (pick) {
        const apply = () => view.signal("picked", pick.value).runAsync();
        pick.addEventListener("change", apply);
        await apply();
      }
    } catch (error) {
      element.textContent = "This chart could not be drawn; its figures are below.";
      console.error(key, error);
    }
  }

  const strategy = document.getElementById("pick-strategy");
  const model = document.getElementById("pick-model");

  function filter() {
    let shown = 0;
    for (const pair of document.querySelectorAll(".pair")) {
      const isOf = !strategy.value || pair.dataset.strategy === strategy.value;
      const has = !model.value || pair.dataset.models.split(" ").includes(model.value);
      pair.hidden = !(isOf && has);
      shown += pair.hidden ? 0 : 1;
    }
    document.getElementById("picked").textContent = `${shown} pair${shown === 1 ? "" : "s"}`;
  }

  if (strategy) {
    strategy.addEventListener("change", filter);
    model.addEventListener("change", filter);
    filter();
  }

  const scripts = [...document.querySelectorAll("script[data-spec]")];
  Promise.all(scripts.map(draw)).then(() => { document.body.dataset.drawn = scripts.length; });
})();
