// The counts of every queue, loaded each second while the page is visible.

const STATES = { ready: "Ready", scheduled: "Scheduled", in_flight: "In flight" };
const OUTCOMES = { sent: "Sent", skipped: "Skipped", deferred: "Deferred", dead: "Dead", held: "Held" };
const EVERY_MS = 1000;
const HISTORY = 60;

const counts = document.getElementById("counts");
const worker = document.getElementById("worker");
const exact = new Intl.NumberFormat("en");
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const number = { format: value => (value < 1e7 ? exact : compact).format(value) };
const pace = [];
let last = null;

/** Creates an element. Children that are strings become text nodes, never HTML. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
}

/** Runs now and each second, but not while the tab is hidden or the previous run is not finished. */
export function whileVisible(run) {
  let busy = false;
  const turn = async () => {
    if (busy || document.hidden) return;
    busy = true;
    await run().finally(() => { busy = false; });
  };
  document.addEventListener("visibilitychange", turn);
  setInterval(turn, EVERY_MS);
  turn();
}

export async function load(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(5000) });
  if (response.status === 401) location.reload(); // the session has ended: shows the sign-in form
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

const sum = (queues, value) => queues.reduce((total, queue) => total + value(queue), 0);

/** Sums over all queues: current states and outcomes. */
function totals({ queues }) {
  const states = Object.keys(STATES).map(key => [key, sum(queues, queue => queue[key] ?? 0)]);
  const outcomes = Object.keys(OUTCOMES).map(key => [key, sum(queues, queue => queue.totals[key] ?? 0)]);
  return { states: Object.fromEntries(states), outcomes: Object.fromEntries(outcomes) };
}

/** CSS class of a count: zero is faint; dead and held mail need an operator. */
const highlight = (key, value) => !value ? "none" : key === "dead" || key === "held" ? "alarm" : "";

function figure(key, label, value) {
  return make("div", { class: highlight(key, value) }, make("dt", {}, label), make("dd", {}, number.format(value)));
}

const figures = (labels, values) =>
  make("dl", { class: "figures" }, ...Object.entries(labels).map(([key, label]) => figure(key, label, values[key])));

/** Mails sent in each of the last sixty seconds, as a line chart. */
function chart() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const top = Math.max(1, ...pace);
  const points = pace.map((value, i) => `${(HISTORY - pace.length + i) * 2},${(22 - 20 * value / top).toFixed(1)}`);
  const line = document.createElementNS(svg.namespaceURI, "polyline");
  line.setAttribute("points", points.join(" "));
  svg.setAttribute("viewBox", `0 0 ${HISTORY * 2} 24`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  svg.append(line);
  return make("p", { class: "pace" }, svg, make("span", {}, `${number.format(pace.at(-1) ?? 0)} sent/s`));
}

function row(queue) {
  const name = queue.paused ? [queue.queue, " ", make("em", {}, "paused")] : [queue.queue];
  const values = [...Object.keys(STATES).map(key => [key, queue[key] ?? 0]),
    ...Object.keys(OUTCOMES).map(key => [key, queue.totals[key] ?? 0])];
  const cells = values.map(([key, value]) => make("td", { class: highlight(key, value) }, number.format(value)));
  return make("tr", {}, make("th", { scope: "row" }, ...name), ...cells);
}

/** One row for each queue. */
function table(queues) {
  const heads = ["Queue", ...Object.values(STATES), ...Object.values(OUTCOMES)];
  return make("div", { class: "queues" }, make("table", {},
    make("thead", {}, make("tr", {}, ...heads.map(head => make("th", { scope: "col" }, head)))),
    make("tbody", {}, ...queues.map(row))));
}

function keepPace(sent) {
  const now = performance.now();
  if (last) {
    pace.push(Math.round(Math.max(0, sent - last.sent) * 1000 / (now - last.at)));
    pace.splice(0, pace.length - HISTORY);
  }
  last = { sent, at: now };
}

function show(stats) {
  const { states, outcomes } = totals(stats);
  keepPace(outcomes.sent);
  counts.replaceChildren(
    make("div", { class: "strip" }, figures(STATES, states), figures(OUTCOMES, outcomes), chart()),
    ...(stats.queues.length > 1 || stats.queues.some(queue => queue.paused) ? [table(stats.queues)] : []));
  worker.className = "";
  worker.replaceChildren(stats.worker.name, make("span", {}, stats.worker.draining ? "draining" : "running"));
}

whileVisible(() => load("/api/v1/stats").then(show, () => {
  worker.className = "lost";
  worker.replaceChildren("No answer. Retrying every second.");
}));
