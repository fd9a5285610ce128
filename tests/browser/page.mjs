// Opens each report as a reader would and holds it against what it promises: one file, no network, no script
// errors, accessible (WCAG 2.1 AA by axe-core), readable on a phone, printable.
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});

let passed = 0;
let failed = 0;
function check(name, problems) {
  const list = Array.isArray(problems) ? problems : problems ? [] : ["it is not so"];
  if (list.length === 0) {
    passed += 1;
    console.log(`ok      ${name}`);
  } else {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${list.join("\n        ")}`);
  }
}

async function open(path, width) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const outside = [];
  const errors = [];
  page.on("request", (r) => { if (!/^(file|data|blob):/.test(r.url())) outside.push(r.url()); });
  page.on("pageerror", (e) => errors.push(String(e)));
  page.on("console", (m) => { if (m.type() === "error") errors.push(m.text()); });
  await page.goto(pathToFileURL(path).href);
  return { page, outside, errors };
}

for (const path of process.argv.slice(2)) {
  console.log(`\n${path}`);
  const { page, outside, errors } = await open(path, 1200);
  check("asks nothing of the network", outside);
  check("runs without an error", errors);
  check("has a title and a language", await page.evaluate(() => document.title.length > 5 && document.documentElement.lang === "en"));
  check("opens with the answer: a first heading and a sentence within the first screen", await page.evaluate(() => {
    const h1 = document.querySelectorAll("h1");
    const answer = document.querySelector(".answer");
    return h1.length === 1 && answer && answer.getBoundingClientRect().top < 900;
  }));
  check("headings come in order", await page.evaluate(() => {
    const levels = [...document.querySelectorAll("h1,h2,h3,h4,h5")].map((h) => +h.tagName[1]);
    return levels.flatMap((l, i) => (i && l > levels[i - 1] + 1 ? [`h${l} after h${levels[i - 1]}`] : []));
  }));
  check("every chart has a name", await page.evaluate(() =>
    [...document.querySelectorAll("svg")].flatMap((s, i) =>
      s.getAttribute("aria-hidden") === "true" || (s.querySelector(":scope > title") && s.querySelector(":scope > title").textContent.length > 5) ? [] : [`svg ${i}`])));
  check("every table header says what it heads", await page.evaluate(() =>
    [...document.querySelectorAll("table")].flatMap((t, i) =>
      t.querySelectorAll("th").length > 0 && [...t.querySelectorAll("th")].every((h) => h.scope) ? [] : [`table ${i}`])));
  check("links inside the page lead somewhere", await page.evaluate(() =>
    [...document.querySelectorAll('a[href^="#"]')].flatMap((a) => (document.getElementById(a.getAttribute("href").slice(1)) ? [] : [a.getAttribute("href")]))));
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }));
  check("meets WCAG 2.1 AA as far as axe can tell", found.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.length}) ${v.nodes[0].html.slice(0, 120)}`));
  await page.close();

  const phone = await open(path, 400);
  check("fits a phone: the page itself does not scroll sideways", await phone.page.evaluate(() =>
    document.documentElement.scrollWidth <= 402 ? [] : [`the page is ${document.documentElement.scrollWidth} px wide at 400`]));
  await phone.page.close();

  const paper = await open(path, 1000);
  const pdf = await paper.page.pdf({ format: "Letter" });
  check("prints", pdf.length > 10_000);
  await paper.page.close();
}

await browser.close();
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
