/* Links in what was said. Only these become links; everything else stays text. */

const FOUND = /(https?:\/\/[^\s<>"“”„]+|[\w.+-]+@[\w-]+\.[\w.-]*\w)/gi;
const TRAILING = /[.,;:!?)\]}'’]+$/;

/**
 * Return a text as nodes, with links where they are allowed.
 * @param {string} text what was said
 * @param {(url: URL) => boolean} allowed says whether a web address may become a link
 */
export function linked(text, allowed) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(FOUND)) {
    const shown = match[0].replace(TRAILING, "");
    const link = shown && linkTo(shown, allowed);
    if (!link) continue;
    nodes.push(text.slice(from, match.index), link);
    from = match.index + shown.length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

function linkTo(shown, allowed) {
  const link = document.createElement("a");
  link.textContent = shown;
  if (!/^https?:/i.test(shown)) {
    link.href = `mailto:${shown}`;
    return link;
  }
  let url;
  try {
    url = new URL(shown);
  } catch {
    return null;
  }
  if (!["https:", "http:"].includes(url.protocol) || url.username || url.password || !allowed(url)) return null;
  link.href = url.href;
  link.target = "_blank";
  link.rel = "noopener noreferrer nofollow";
  return link;
}
