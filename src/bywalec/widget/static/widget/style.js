/* The widget's looks: the same roles and values as the console's tokens, in a form that older phones understand too.
   The shop's colour comes from the server, which has corrected it for contrast in both themes. */

const LIGHT = `
  color-scheme: light;
  --paper: oklch(0.968 0.007 85); --surface: oklch(1 0 90); --ink: oklch(0.25 0.012 60);
  --ink-soft: oklch(0.49 0.014 65); --line: oklch(0.905 0.008 80); --line-strong: oklch(0.64 0.012 75);
  --good: oklch(0.47 0.105 150); --warn: oklch(0.5 0.11 60); --bad: oklch(0.51 0.17 27); --bad-soft: oklch(0.957 0.022 25);
  --accent: var(--accent-light); --accent-ink: var(--accent-light-ink);
  --shadow: 0 1px 2px oklch(0.25 0.012 60 / 8%), 0 12px 32px oklch(0.25 0.012 60 / 18%);
  --veil: oklch(0.25 0.012 60 / 32%);`;

const DARK = `
  color-scheme: dark;
  --paper: oklch(0.185 0.006 70); --surface: oklch(0.25 0.008 70); --ink: oklch(0.935 0.008 85);
  --ink-soft: oklch(0.725 0.012 80); --line: oklch(0.33 0.008 70); --line-strong: oklch(0.58 0.01 70);
  --good: oklch(0.78 0.12 150); --warn: oklch(0.82 0.12 75); --bad: oklch(0.75 0.13 25); --bad-soft: oklch(0.29 0.055 25);
  --accent: var(--accent-dark); --accent-ink: var(--accent-dark-ink);
  --shadow: 0 1px 2px oklch(0 0 0 / 40%), 0 12px 32px oklch(0 0 0 / 55%);
  --veil: oklch(0 0 0 / 60%);`;

const LAUNCHER = `
  :host { all: initial; ${LIGHT} }
  :host([data-theme="dark"]) { ${DARK} }
  @media (prefers-color-scheme: dark) { :host(:not([data-theme="light"])) { ${DARK} } }
  :host {
    --motion: 140ms;
    font: 400 15px/1.45 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Cantarell, Ubuntu, "Noto Sans",
      "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
    color: var(--ink);
  }
  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  button, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
  button { cursor: pointer; -webkit-tap-highlight-color: transparent; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  svg { flex: none; display: block; }
  .launcher {
    position: fixed; z-index: 2147483000;
    inset-inline-end: calc(20px + env(safe-area-inset-right)); bottom: calc(20px + env(safe-area-inset-bottom));
    display: flex; align-items: center; gap: 10px; height: 56px; padding: 0 22px 0 18px;
    border: 0; border-radius: 28px; background: var(--accent); color: var(--accent-ink);
    font-weight: 600; font-size: 16px; box-shadow: var(--shadow);
    animation: arrive var(--motion) ease-out; transition: transform var(--motion);
  }
  .launcher:hover { transform: translateY(-1px); }
  .launcher:active { transform: none; }
  .launcher:focus-visible { outline-offset: 3px; }
  .badge {
    position: absolute; top: -4px; inset-inline-end: -2px; min-width: 24px; height: 24px; padding: 0 7px;
    border-radius: 12px; border: 2px solid var(--surface); background: var(--bad); color: var(--surface);
    font-size: 12px; line-height: 20px; text-align: center; font-variant-numeric: tabular-nums;
  }
  @keyframes arrive { from { opacity: 0; transform: translateY(8px); } }
  @media (max-width: 480px) {
    .launcher { width: 56px; padding: 0; justify-content: center; }
    .launcher .word { display: none; }
  }
  @media (prefers-reduced-motion: reduce) { :host { --motion: 0ms; } }
  @media print { :host { display: none; } }
`;

const PANEL = `
  .panel {
    position: fixed; z-index: 2147483001; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 14px;
    inset: auto calc(20px + env(safe-area-inset-right)) calc(20px + env(safe-area-inset-bottom)) auto;
    width: 400px; max-width: calc(100vw - 40px); height: min(680px, calc(100vh - 40px)); max-height: none;
    background: var(--paper); color: var(--ink); box-shadow: var(--shadow); overflow: hidden;
  }
  .panel[open] { display: flex; flex-direction: column; animation: arrive var(--motion) ease-out; }
  .panel::backdrop { background: var(--veil); }
  header {
    flex: none; display: flex; align-items: center; gap: 12px; padding: 12px 12px 12px 16px;
    background: var(--surface); border-bottom: 1px solid var(--line);
  }
  .face {
    flex: none; display: grid; place-items: center; width: 40px; height: 40px; border-radius: 50%;
    background: var(--accent); color: var(--accent-ink); font-size: 18px; font-weight: 600;
  }
  .names { flex: 1; min-width: 0; }
  h2 { margin: 0; font-size: 16px; line-height: 1.3; font-weight: 600; overflow-wrap: anywhere; }
  .state { margin: 0; font-size: 13px; color: var(--ink-soft); }
  .state.with-person { color: var(--good); font-weight: 600; }
  .quiet {
    flex: none; display: grid; place-items: center; width: 44px; height: 44px; border: 0; border-radius: 8px;
    background: none; color: var(--ink-soft);
  }
  .quiet:hover { background: var(--paper); color: var(--ink); }
  .room { position: relative; flex: 1; min-height: 0; display: flex; }
  .log {
    flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 16px; display: flex; flex-direction: column;
    scrollbar-color: var(--line-strong) transparent; scrollbar-width: thin;
  }
  .log:focus-visible { outline-offset: -3px; }
  .log > .message:first-child { margin-top: auto; }
  .newer {
    position: absolute; bottom: 8px; left: 50%; transform: translateX(-50%); display: flex; align-items: center; gap: 6px;
    min-height: 32px; padding: 0 14px; border: 1px solid var(--line); border-radius: 16px; background: var(--surface);
    color: var(--ink); font-size: 13px; font-weight: 600; box-shadow: var(--shadow);
  }
  .hello { display: flex; flex-direction: column; align-items: center; gap: 12px; margin: auto 0; padding: 8px 0; }
  .hello .face { width: 64px; height: 64px; font-size: 28px; }
  .hello p { margin: 0; font-size: 20px; font-weight: 600; }
  .day { margin: 16px 0 0; text-align: center; font-size: 13px; color: var(--ink-soft); }
  .message { max-width: 86%; margin-top: 16px; display: flex; flex-direction: column; animation: arrive var(--motion) ease-out; }
  .message.follows { margin-top: 4px; }
  .theirs { align-self: flex-start; align-items: flex-start; }
  .own { align-self: flex-end; align-items: flex-end; }
  .message p { margin: 0; }
  .author { font-size: 13px; color: var(--ink-soft); padding: 0 4px 4px; }
  .staff .author { color: var(--good); font-weight: 600; }
  .follows .author:not(.spoken) { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .spoken { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
  .text {
    padding: 9px 14px; border-radius: 16px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 15px; line-height: 1.45;
    font-variant-numeric: tabular-nums;
  }
  .theirs .text { background: var(--surface); border: 1px solid var(--line); border-start-start-radius: 6px; }
  .own .text { background: var(--accent); color: var(--accent-ink); border-end-end-radius: 6px; }
  .own.waits .text { background: var(--surface); color: var(--ink); border: 1px dashed var(--line-strong); }
  .own.failed .text { background: var(--bad-soft); color: var(--ink); border: 1px solid var(--bad); }
  .item { display: inline-block; width: 100%; padding-inline-start: 0.8em; text-indent: -0.8em; }
  .text a { color: inherit; text-decoration: underline; text-underline-offset: 2px; }
  .theirs .text a { color: var(--accent); }
  .foot {
    display: flex; flex-wrap: wrap; align-items: center; gap: 4px; padding: 3px 4px 0; font-size: 13px; color: var(--ink-soft);
    font-variant-numeric: tabular-nums;
  }
  .goes-on:not(.waits, .failed) .foot { display: none; }
  .own .foot { justify-content: flex-end; text-align: end; }
  .failed .foot { color: var(--bad); }
  .inline {
    min-height: 24px; padding: 0 4px; border: 0; background: none; color: var(--accent); font-weight: 600; font-size: 13px;
    text-decoration: underline; text-underline-offset: 2px;
  }
  footer {
    flex: none; padding: 4px 12px calc(8px + env(safe-area-inset-bottom)); background: var(--paper);
  }
  footer p { margin: 0; }
  .typing { min-height: 20px; padding: 0 4px 4px; font-size: 13px; line-height: 16px; color: var(--ink-soft); display: flex; gap: 8px; align-items: center; }
  .dots { display: inline-flex; gap: 3px; }
  .dots i { width: 5px; height: 5px; border-radius: 50%; background: currentColor; animation: dot 1.2s infinite; }
  .dots i:nth-child(2) { animation-delay: 0.15s; }
  .dots i:nth-child(3) { animation-delay: 0.3s; }
  @keyframes dot { 0%, 60%, 100% { opacity: 0.3; } 30% { opacity: 1; } }
  .suggestions { display: flex; flex-wrap: wrap; gap: 8px; padding: 0 0 12px; }
  .suggestion {
    min-height: 36px; padding: 0 14px; border: 1px solid var(--accent); border-radius: 18px; background: none;
    color: var(--accent); font-size: 14px;
  }
  .suggestion:hover { background: var(--surface); }
  .notice { display: flex; gap: 8px; padding: 0 4px; font-size: 13px; line-height: 16px; color: var(--ink-soft); }
  .notice:not(:empty) { padding-bottom: 8px; }
  .composer {
    display: flex; align-items: flex-end; gap: 4px; padding: 4px; border: 1px solid var(--line-strong); border-radius: 24px;
    background: var(--surface);
  }
  .composer:focus-within { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
  textarea {
    flex: 1; min-width: 0; max-height: 136px; padding: 8px 8px 8px 12px; border: 0; background: none; resize: none; font-size: 16px;
    line-height: 24px; outline: none; color: var(--ink);
  }
  textarea:focus-visible { outline: none; }
  textarea::placeholder { color: var(--ink-soft); opacity: 1; }
  .send {
    flex: none; display: grid; place-items: center; width: 40px; height: 40px; border: 0; border-radius: 50%;
    background: var(--accent); color: var(--accent-ink);
  }
  .left { padding: 0 12px; font-size: 13px; color: var(--ink-soft); text-align: end; }
  .left:not(:empty) { padding-top: 4px; }
  .below { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; min-height: 48px; }
  .below button { white-space: nowrap; }
  .human {
    display: flex; align-items: center; gap: 6px; min-height: 40px; padding: 0 10px 0 6px; border: 0; border-radius: 8px;
    background: none; color: var(--ink); font-size: 14px; font-weight: 600;
  }
  .human svg { color: var(--accent); }
  .human:hover { background: var(--surface); }
  .with { display: flex; align-items: center; gap: 6px; padding: 0 10px 0 6px; font-size: 14px; color: var(--ink-soft); }
  .with svg { color: var(--good); }
  .restart {
    margin-inline-start: auto; min-height: 40px; padding: 0 14px; border: 0; border-radius: 20px; background: var(--accent);
    color: var(--accent-ink); font-size: 14px; font-weight: 600;
  }
  @media (max-width: 480px), (max-height: 420px) {
    .panel {
      inset: var(--free-top, 0) 0 auto 0; width: 100%; max-width: none; height: var(--free-height, 100vh);
      border: 0; border-radius: 0; padding-top: env(safe-area-inset-top);
    }
    @supports (height: 100dvh) { .panel { height: var(--free-height, 100dvh); } }
    .narrowed :is(.suggestions, .hello) { display: none; }
    .narrowed footer { padding-bottom: 4px; }
  }
  @media (forced-colors: active) {
    .launcher, .send, .restart, .text, .face { border: 1px solid; }
  }
  @media (prefers-reduced-motion: reduce) { .dots i { animation: none; opacity: 0.7; } }
`;

/** Return the sheet of the closed widget, with the shop's colour. */
export function launcherSheet(accent) {
  const own = `:host {
    --accent-light: ${accent.light}; --accent-light-ink: ${accent.light_ink};
    --accent-dark: ${accent.dark}; --accent-dark-ink: ${accent.dark_ink};
  }`;
  return sheet(own + LAUNCHER);
}

/** Return the sheet of the open chat. */
export function panelSheet() {
  return sheet(PANEL);
}

function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}
