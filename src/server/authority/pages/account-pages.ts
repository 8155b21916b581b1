import { FORM_FIELD } from '../form-token.ts';
import { type Html, html } from './html.ts';
import { alert, hidden } from './send-page.ts';

/** What the pages of one-time links show. */
export interface AccountPage {
  readonly formToken: string;
  readonly error: string | undefined;
}

/** What the page of the first administrator shows. */
export interface SetUpPage extends AccountPage {
  readonly token: string;
  readonly tenant: string;
  readonly userName: string;
  readonly displayName: string;
}

/** The page on which the first administrator comes in. */
export function setUpPage(page: SetUpPage): Html {
  return html`<h1>Set Kith up</h1>
<p>You are the first administrator of <strong>${page.tenant}</strong>.</p>
${alert(page.error)}
<form method="post" action="/_kith/setup">
${hidden(FORM_FIELD, page.formToken)}${hidden('token', page.token)}
<label for="name">Your name</label>
<input id="name" type="text" name="name" value="${page.displayName}" autocomplete="name" required>
<label for="username">User name</label>
<input id="username" type="text" name="username" value="${page.userName}"
 autocomplete="username" autocapitalize="none" spellcheck="false" required>
${passwordFields()}
<button class="main">Set up</button>
</form>`;
}

/** The page on which a person chooses a password. */
export function newPasswordPage(
  page: AccountPage & { readonly token: string; readonly userName: string },
): Html {
  return html`<h1>Choose a password</h1>
<p>for <strong>${page.userName}</strong></p>
${alert(page.error)}
<form method="post" action="/_kith/password">
${hidden(FORM_FIELD, page.formToken)}${hidden('token', page.token)}
${hidden('username', page.userName)}${passwordFields()}
<button class="main">Change</button>
</form>`;
}

/** What the page of an invitation shows. */
export interface RedeemPage extends AccountPage {
  /** What the link says, for the form to repeat. */
  readonly fields: ReadonlyMap<string, string>;
  readonly tenant: string;
  readonly userName: string;
  readonly mail: string;
  readonly needsPassword: boolean;
}

/** The page on which a guest accepts an invitation. */
export function redeemPage(page: RedeemPage): Html {
  return html`<h1>You are invited</h1>
<p><strong>${page.tenant}</strong> invites ${page.mail} as a guest. Your user name there is
${page.userName}.</p>
${alert(page.error)}
<form method="post" action="/redeem">
${hidden(FORM_FIELD, page.formToken)}${[...page.fields].map(([name, value]) => hidden(name, value))}
${page.needsPassword ? passwordFields() : ''}
<button class="main">Accept</button>
</form>`;
}

/** The page for those who have forgotten their password. */
export function forgottenPage({ formToken, error }: AccountPage): Html {
  return html`<h1>Forgotten your password?</h1>
<p>Your operator will be given a link for you, with which you choose a new one.</p>
${alert(error)}
<form method="post" action="/_kith/forgotten">
${hidden(FORM_FIELD, formToken)}
<label for="username">User name</label>
<input id="username" type="text" name="username" autocomplete="username"
 autocapitalize="none" spellcheck="false" required>
<button class="main">Ask for a link</button>
</form>`;
}

function passwordFields(): Html {
  return html`<label for="password">Password, at least 10 characters</label>
<input id="password" type="password" name="password" autocomplete="new-password" required>
<label for="again">The same again</label>
<input id="again" type="password" name="again" autocomplete="new-password" required>`;
}
