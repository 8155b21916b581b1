import { FORM_FIELD } from '../form-token.ts';
import { type Html, html } from './html.ts';
import { messagePage } from './message-page.ts';
import { alert, hidden } from './send-page.ts';

/** What the page for the code shows. */
export interface CodePage {
  readonly action: string;
  readonly formToken: string;
  readonly userCode: string;
  readonly error: string | undefined;
}

/** The page that asks for the code that a device shows. */
export function codePage({ action, formToken, userCode, error }: CodePage): Html {
  return html`<h1>Sign a device in</h1>
<p>Enter the code that your app or device shows.</p>
${alert(error)}
<form method="post" action="${action}">
${hidden(FORM_FIELD, formToken)}
<label for="user_code">Code</label>
<input id="user_code" type="text" name="user_code" value="${userCode}" autocomplete="off"
 autocapitalize="characters" spellcheck="false" required>
<button class="main">Next</button>
</form>
<p class="quiet">Enter only codes that you have asked for yourself.</p>`;
}

/** The page at the end. */
export function deviceAnsweredPage(isGranted: boolean): Html {
  return isGranted
    ? messagePage('You have signed in', ['You can close this window and go back to your device.'])
    : messagePage('You have declined', ['The device is not signed in.']);
}
