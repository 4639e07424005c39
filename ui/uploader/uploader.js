// Sends files one after the other to the server, which keeps each as a draft at once.
// What the network lost is sent again; the same bytes are the same draft.
const TRIES = 6;

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".v-drop");
  const input = root.querySelector("input");
  const list = root.querySelector(".v-files");
  root.querySelector("button").textContent = data.words.choose;
  root.querySelector(".v-hint").textContent = data.words.hint;
  input.setAttribute("aria-label", data.words.choose);
  input.accept = data.accept;
  input.multiple = data.several;
  if (data.capture) input.setAttribute("capture", "environment");

  const waiting = [];
  let busy = false;

  const row = (name) => {
    const item = document.createElement("li");
    const label = document.createElement("span");
    const state = document.createElement("span");
    const bar = document.createElement("progress");
    label.textContent = name;
    bar.max = 1;
    item.append(label, state, bar);
    list.append(item);
    return {
      say: (text) => { state.textContent = text; },
      at: (part) => { if (part === null) bar.removeAttribute("value"); else bar.value = part; },
      fail: (text) => {
        bar.remove();
        state.textContent = "";
        const bad = document.createElement("span");
        bad.className = "bad";
        bad.textContent = text;
        item.append(bad);
      },
    };
  };

  const send = (file, shown) => new Promise((resolve) => {
    let tried = 0;
    const attempt = () => {
      tried += 1;
      const request = new XMLHttpRequest();
      request.open("POST", data.address + "?name=" + encodeURIComponent(file.name));
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.timeout = 300000;
      request.upload.onprogress = (event) => {
        shown.say(data.words.sending);
        if (event.lengthComputable) shown.at(event.loaded / event.total);
      };
      request.upload.onload = () => { shown.say(data.words.reading); shown.at(null); };
      const again = () => {
        if (tried >= TRIES) { shown.fail(data.words.lost); resolve(false); return; }
        shown.say(data.words.again);
        setTimeout(attempt, Math.min(1000 * 2 ** tried, 30000));
      };
      request.onerror = again;
      request.ontimeout = again;
      request.onload = () => {
        if (request.status === 200) {
          shown.at(1);
          shown.say(data.words.done);
          // of a zip some may be no tables
          const problems = JSON.parse(request.responseText).problems || [];
          if (problems.length) shown.fail(problems.join("\n"));
          resolve(true);
          return;
        }
        if (request.status === 507) {
          shown.fail(request.responseText);
          resolve(false);
          return;
        }
        if (request.status >= 500 || request.status === 429) { again(); return; }
        if (request.status === 401) { shown.fail(data.words.out); resolve(false); return; }
        shown.fail(request.responseText || data.words.lost);
        resolve(false);
      };
      request.send(file);
    };
    attempt();
  });

  const work = async () => {
    if (busy) return;
    busy = true;
    let any = false;
    while (waiting.length) {
      const file = waiting.shift();
      const shown = row(file.name);
      if (file.size > data.largest) { shown.fail(data.words.large); continue; }
      any = (await send(file, shown)) || any;
    }
    busy = false;
    input.value = "";
    if (any) setTriggerValue("sent", Date.now());
  };

  const take = (files) => {
    list.replaceChildren();
    waiting.push(...files);
    work();
  };
  root.querySelector("button").onclick = (event) => { event.stopPropagation(); input.click(); };
  root.onclick = (event) => { if (event.target === root) input.click(); };
  input.onchange = () => take([...input.files]);
  root.ondragover = (event) => { event.preventDefault(); root.classList.add("is-over"); };
  root.ondragleave = () => root.classList.remove("is-over");
  root.ondrop = (event) => {
    event.preventDefault();
    root.classList.remove("is-over");
    take([...event.dataTransfer.files]);
  };
}
