// Starts "Exit this page": the button and three presses of Shift leave for a neutral page.
import { ExitThisPage } from "./govuk-exit-this-page.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const button of document.querySelectorAll('[data-module="govuk-exit-this-page"]')) {
  new ExitThisPage(button);
}
