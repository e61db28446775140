// The inbox of dev mode: the newest mail first, one mail open.

import { load, make, whileVisible } from "/dashboard/counts.js";

const SHOWN_MAX = 200;
const list = document.getElementById("mails");
const reader = document.getElementById("reader");
const inbox = document.getElementById("inbox");
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
let newest = 0;

const opened = () => Number(location.hash.slice(1)) || 0;
const size = count => count < 1024 ? `${count} B` : count < 1048576
  ? `${(count / 1024).toFixed(1)} KiB` : `${(count / 1048576).toFixed(1)} MiB`;

function line(mail) {
  return make("li", {}, make("a", { href: `#${mail.number}`, id: `mail-${mail.number}` },
    make("span", { class: "from" }, mail.from || "(no sender)"),
    make("time", { datetime: mail.at }, clock.format(new Date(mail.at))),
    make("span", { class: "subject" }, mail.subject || "(no subject)"),
    make("span", { class: "to" }, mail.to)));
}

function add({ received, mails }) {
  if (received < newest) list.replaceChildren();
  list.prepend(...mails.map(line));
  newest = received;
  while (list.children.length > SHOWN_MAX) list.lastElementChild.remove();
  document.getElementById("taken").textContent = received || "";
  mark();
  if (!opened() && !reader.hasChildNodes()) welcome();
  if (received && reader.firstElementChild?.id === "welcome") idle();
}

function mark() {
  list.querySelector("[aria-current]")?.removeAttribute("aria-current");
  document.getElementById(`mail-${opened()}`)?.setAttribute("aria-current", "true");
}

const idle = () => reader.replaceChildren(make("p", { class: "idle" }, "Choose a mail to read it."));

/** Nothing came yet: the line that changes this. */
function welcome() {
  const curl = [`curl -s ${location.origin}/api/v1/mails -H Content-Type:application/json -d '{`,
    '  "from": "Acme <hi@acme.test>", "to": "ana@example.test",', '  "subject": "Hello", "text": "It works." }\''].join("\n");
  reader.replaceChildren(make("div", { id: "welcome" }, make("h2", {}, "No mail yet"),
    make("p", {}, "Paste this into a terminal. The mail goes through Redis and over SMTP, as in production, and ends here."),
    make("pre", { tabindex: "0" }, make("code", {}, curl)),
    make("p", {}, "Recipients to try trouble with: ", ...["slow", "defer", "refuse"]
      .flatMap((name, i) => [i ? ", " : "", make("code", {}, `${name}@simulator.test`)]), ".")));
}

function fields({ arrival, fields }) {
  const shown = ["From", "Reply-To", "To", "Cc", "Date"]
    .flatMap(name => fields.filter(field => field.name.toLowerCase() === name.toLowerCase()));
  const envelope = { name: "Envelope", value: `${arrival.sender || "<>"} → ${arrival.recipients.join(", ")}` };
  return make("dl", { class: "fields" },
    ...[...shown, envelope].map(({ name, value }) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
}

function attached({ arrival, files }) {
  return make("ul", { class: "files" }, ...files.map((file, i) => make("li", {},
    make("a", { href: `/dev/inbox/${arrival.number}/files/${i}`, download: file.name }, file.name),
    ` ${file.type}, ${size(file.bytes)}`)));
}

const frame = number => make("iframe",
  { sandbox: "", src: `/dev/inbox/${number}/html`, title: "HTML of the mail", referrerpolicy: "no-referrer" });

async function source(number) {
  const response = await fetch(`/dev/inbox/${number}/source`);
  return make("pre", { tabindex: "0" }, await response.text());
}

/** The views of a mail; those it does not have are left out. */
function views(mail) {
  const { number } = mail.arrival;
  return {
    ...(mail.html && { HTML: () => frame(number) }),
    ...((mail.text || !mail.html) && { Text: () => make("pre", { class: "text", tabindex: "0" }, mail.text) }),
    ...(mail.files.length && { [`Files (${mail.files.length})`]: () => attached(mail) }),
    Source: () => source(number),
  };
}

function tabs(mail) {
  const all = views(mail);
  const panel = make("div", { role: "tabpanel", id: "view" });
  const bar = make("div", { role: "tablist", "aria-label": "Views" });
  const choose = async (button, focus) => {
    [...bar.children].forEach(tab => {
      tab.setAttribute("aria-selected", tab === button);
      tab.tabIndex = tab === button ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", button.id);
    panel.replaceChildren(await all[button.textContent]());
    if (focus) button.focus();
  };
  bar.append(...Object.keys(all).map((name, i) =>
    make("button", { role: "tab", type: "button", id: `tab-${i}`, "aria-controls": "view" }, name)));
  bar.addEventListener("click", event => event.target.role === "tab" && choose(event.target));
  bar.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = [...bar.children].indexOf(document.activeElement);
    if (step) choose(bar.children[(at + step + bar.children.length) % bar.children.length], true);
  });
  choose(bar.firstElementChild);
  return [bar, panel];
}

async function open() {
  mark();
  const number = opened();
  inbox.classList.toggle("reading", number > 0);
  if (!number) return newest ? idle() : welcome();
  try {
    const mail = await load(`/dev/inbox/${number}`);
    const subject = mail.fields.find(field => field.name.toLowerCase() === "subject")?.value;
    reader.replaceChildren(make("a", { href: "#", class: "back" }, "Inbox"),
      make("h2", {}, subject || "(no subject)"), fields(mail), ...tabs(mail));
    reader.scrollTop = 0;
  } catch {
    reader.replaceChildren(make("a", { href: "#", class: "back" }, "Inbox"),
      make("p", { class: "idle" }, "This mail is gone: the inbox keeps the newest ones only."));
  }
}

list.addEventListener("keydown", event => {
  const to = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  const sibling = to && event.target.closest("li")?.[to];
  if (!sibling) return;
  event.preventDefault();
  sibling.firstElementChild.focus();
});

addEventListener("hashchange", open);
whileVisible(() => load(`/dev/inbox?after=${newest}&limit=${SHOWN_MAX}`).then(add, () => {}));
if (opened()) open();
