"use strict";

const element = (id) => document.getElementById(id);
const fields = ["query", "variables", "headers"].map(element);

async function ask(query, variables, headers) {
  const began = performance.now();
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return { answer: JSON.parse(text), response, size: text.length, took: performance.now() - began };
}

const parsed = (field) => (field.value.trim() === "" ? undefined : JSON.parse(field.value));

async function run() {
  for (const field of fields) localStorage.setItem(field.id, field.value);
  const [query, variables, headers] = fields;
  const status = element("status");
  status.textContent = "Asking…";
  try {
    const { answer, response, size, took } = await ask(query.value, parsed(variables), parsed(headers));
    const statements = response.headers.get("Hub-Statements");
    status.textContent = `${response.status} · ${Math.round(took)} ms · ${size} characters · SQL statements: ${statements}`;
    element("answer").textContent = JSON.stringify(answer, null, 2);
  } catch (error) {
    status.textContent = `Not sent or not understood: ${error.message}`;
  }
}

async function showViewer() {
  const { answer } = await ask("{ viewer { displayName } }");
  const viewer = answer.data?.viewer;
  element("who").textContent = viewer ? `Signed in as ${viewer.displayName}` : "Not signed in";
  element("sign-out").hidden = !viewer;
}

// The server keeps the session in a cookie that scripts cannot read.
async function signIn(email, password, code) {
  element("who").textContent = "Signing in…";
  const { answer } = await ask("mutation($input: SignInInput!) { signIn(input: $input) { person { id } } }", { input: { email, password, code } });
  if (answer.errors) element("who").textContent = answer.errors[0].message;
  else {
    element("accounts").open = false;
    await showViewer();
  }
}

// The code that an authenticator with a demo account's secret shows now.
async function codeOf(secret) {
  const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const bytes = Uint8Array.from(bits.match(/.{8}/g), (octet) => parseInt(octet, 2));
  const step = new DataView(new ArrayBuffer(8));
  step.setUint32(4, Math.floor(Date.now() / 30000));
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, step));
  const number = mac.getUint32(mac.getUint8(19) & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, "0");
}

const introspection = `{ __schema { types { kind name description
  fields(includeDeprecated: true) { name description args { name description defaultValue type { ...T } } type { ...T } }
  inputFields { name description defaultValue type { ...T } } enumValues { name description } possibleTypes { name } } } }
fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;

const typeText = (type) =>
  type.kind === "NON_NULL" ? `${typeText(type.ofType)}!` : type.kind === "LIST" ? `[${typeText(type.ofType)}]` : type.name;

const argumentText = (argument) =>
  `${argument.name}: ${typeText(argument.type)}${argument.defaultValue ? ` = ${argument.defaultValue}` : ""}`;

const fieldText = (field) =>
  `${field.name}${field.args?.length ? `(${field.args.map(argumentText).join(", ")})` : ""}: ${typeText(field.type)}`;

function paragraph(code, description) {
  const p = document.createElement("p");
  const c = document.createElement("code");
  c.textContent = code;
  p.append(c, description ? ` ${description}` : "");
  return p;
}

function typeDocs(type) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = `${type.name} (${type.kind.toLowerCase().replace("_", " ")})`;
  details.append(summary);
  if (type.description) details.append(type.description);
  for (const field of type.fields ?? []) details.append(paragraph(fieldText(field), field.description));
  for (const field of type.inputFields ?? []) details.append(paragraph(argumentText(field), field.description));
  for (const value of type.enumValues ?? []) details.append(paragraph(value.name, value.description));
  if (type.possibleTypes?.length) details.append(paragraph(type.possibleTypes.map((t) => t.name).join(" | ")));
  details.dataset.words = [type.name, ...(type.fields ?? type.inputFields ?? []).map((f) => f.name)].join(" ").toLowerCase();
  return details;
}

async function showDocs() {
  const { answer } = await ask(introspection);
  const first = ["Query", "Mutation"];
  const rank = (type) => (first.includes(type.name) ? first.indexOf(type.name) : first.length);
  const types = answer.data.__schema.types.filter((type) => !type.name.startsWith("__"));
  types.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  element("docs").replaceChildren(...types.map(typeDocs));
}

element("search").addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  for (const details of element("docs").children) details.hidden = !details.dataset.words.includes(wanted);
});
element("run").addEventListener("click", run);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
});
element("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  signIn(form.get("email"), form.get("password"), form.get("code"));
});
for (const button of document.querySelectorAll("[data-email]")) {
  button.addEventListener("click", async () => {
    const { email, password, secret } = button.dataset;
    signIn(email, password, secret ? await codeOf(secret) : undefined);
  });
}
element("sign-out").addEventListener("click", async () => {
  await ask("mutation { signOut(input: {}) { ended } }");
  await showViewer();
});

for (const field of fields) field.value = localStorage.getItem(field.id) ?? "";
if (element("query").value === "") element("query").value = "{\n  districts {\n    code\n    name\n  }\n}\n";
showViewer();
showDocs();
