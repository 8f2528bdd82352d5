// What was typed stays in its tab: before a page is sent, look whether the log-in still holds.
//
// Sent without one, a form is answered with the log-in page, and what was typed is gone. Nothing is
// stored: the form simply stays where it is until somebody has logged in again in another tab.
(() => {
  const script = document.currentScript;
  const { check, login } = script.dataset;
  // Who opened the page: asked for once, when it is opened.
  let user = null;
  const warnBelow = 5 * 60;
  let allowed = null;
  // Wagtail asks in a dialog before it saves over what somebody else has saved meanwhile. Agreeing
  // to it presses the button again, from within.
  const agree = "#w-save-confirmation-dialog [data-w-dialog-target=confirm]";
  let agreed = false;

  const form = () => document.getElementById("page-edit-form");

  function say(words, link) {
    let bar = document.getElementById("keep-typed");
    if (!words) {
      bar?.remove();
      return;
    }
    if (!bar) {
      bar = document.createElement("div");
      bar.id = "keep-typed";
      bar.className = "keep-typed";
      bar.setAttribute("role", "alert");
      document.body.append(bar);
    }
    const text = document.createElement("p");
    text.textContent = words;
    if (link) {
      const anchor = Object.assign(document.createElement("a"), {
        href: login, target: "_blank", textContent: "Log in in a new tab",
      });
      text.append(" ", anchor);
    }
    bar.replaceChildren(text);
  }

  // The state of the log-in: who, for how many seconds, and a fresh token for the form.
  async function ask() {
    let answer;
    try {
      answer = await fetch(check, {
        credentials: "same-origin", cache: "no-store", redirect: "manual",
        headers: { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
      });
    } catch {
      say("The site cannot be reached just now. What you typed is still here: try again in a moment.");
      return null;
    }
    if (!answer.ok) {
      say("You have been logged out. What you typed is still here: log in again, come back to this tab, and save.", true);
      return null;
    }
    const state = await answer.json();
    user ??= state.user;
    if (state.user !== user) {
      say("Somebody else is logged in here now. What you typed is still here: log in as yourself, come back to this tab, and save.", true);
      return null;
    }
    say(state.seconds < warnBelow ? "You will be logged out in a few minutes. Save what you have typed." : "");
    return state;
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(`button[type=submit], input[type=submit], button:not([type]), ${agree}`);
    const agreeing = button?.matches(agree);
    if (!button || agreed || !(agreeing || (button.form && button.form === form()))) return;
    if (allowed === button) {
      allowed = null;
      if (agreeing) {
        agreed = true;
        window.setTimeout(() => { agreed = false; });
      }
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const state = await ask();
    if (!state) return;
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
      field.value = state.token;
    }
    allowed = button;
    button.click();
  }, true);

  ask();
  window.setInterval(() => document.visibilityState === "visible" && ask(), 60_000);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
})();
