/**
 * Run Lighthouse on pages, one after the other in one Chromium, and print what it found as JSON:
 * `node lighthouse.js '{"chromium": PATH, "flags": [...], "urls": [...]}'`. See lighthouse.py.
 */

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const { chromium, flags, urls } = JSON.parse(process.argv[2]);

/** The points of 100 that an audit costs its category, for all audits that cost any. */
function losses(category, audits) {
  const weights = category.auditRefs.reduce((sum, { weight }) => sum + weight, 0);
  return category.auditRefs
    .map(({ id, weight }) => ({ weight, audit: audits[id] }))
    .filter(({ weight, audit }) => weight && audit.score !== null && audit.score < 1)
    .map(({ weight, audit }) => ({
      category: category.id,
      audit: audit.id,
      title: audit.title,
      points: (100 * weight * (1 - audit.score)) / weights,
      measured: audit.displayValue ?? "",
      elements: elements(audit),
    }));
}

/** What Lighthouse names as the cause of lost performance: it costs nothing by itself. */
function hints(category, audits) {
  return category.auditRefs
    .map(({ id }) => audits[id])
    .filter(({ id, score }) => id.endsWith("-insight") && score !== null && score < 1)
    .map(({ title, displayValue }) => (displayValue ? `${title}: ${displayValue}` : title));
}

/** The first elements or addresses that an audit complains of. */
function elements(audit) {
  return (audit.details?.items ?? [])
    .map(({ node, url }) => node?.snippet ?? url)
    .filter(Boolean)
    .slice(0, 5);
}

const browser = await launch({ chromePath: chromium, chromeFlags: flags, logLevel: "error" });
try {
  const pages = [];
  for (const url of urls) {
    const { lhr } = await lighthouse(url, {
      port: browser.port,
      onlyCategories: CATEGORIES,
      disableFullPageScreenshot: true, // nobody looks at it, and it takes seconds
      logLevel: "error",
    });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    const categories = CATEGORIES.map((name) => lhr.categories[name]);
    pages.push({
      scores: Object.fromEntries(categories.map(({ id, score }) => [id, 100 * score])),
      losses: categories.flatMap((category) => losses(category, lhr.audits)),
      hints: hints(lhr.categories.performance, lhr.audits),
    });
  }
  process.stdout.write(JSON.stringify(pages));
} finally {
  browser.kill();
}
