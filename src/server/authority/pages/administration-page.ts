import { FORM_FIELD } from '../form-token.ts';
import { type Html, html } from './html.ts';
import { hidden } from './send-page.ts';

/** What the page for administrators shows. */
export interface AdministrationPage {
  readonly action: string;
  readonly formToken: string;
  readonly userName: string;
  readonly tenant: string;
  /** What has come of the last action. */
  readonly outcome: string | undefined;
}

/** The page for administrators: one form for people, one for applications. */
export function administrationPage(page: AdministrationPage): Html {
  const { action, formToken, userName, tenant, outcome } = page;
  return html`<h1>Administration</h1>
<p>of <strong>${tenant}</strong>, by ${userName}</p>
${outcome !== undefined && html`<p role="status">${outcome}</p>`}
<form method="post" action="${action}">
${hidden(FORM_FIELD, formToken)}
<label for="username">User name of a person</label>
<input id="username" type="text" name="username" autocapitalize="none" spellcheck="false" required>
<button name="kith_action" value="link">Link for a new password</button>
<button name="kith_action" value="end">Sign out everywhere</button>
<button name="kith_action" value="appoint">Make administrator</button>
<button name="kith_action" value="dismiss">Make ordinary user</button>
</form>
<form method="post" action="${action}">
${hidden(FORM_FIELD, formToken)}
<label for="application">Client id of an application</label>
<input id="application" type="text" name="application" spellcheck="false" required>
<button name="kith_action" value="secret">New secret</button>
</form>`;
}
