import type { Account } from '#authority/people/account.ts';
import { FORM_FIELD } from '../form-token.ts';
import { type Html, html } from './html.ts';
import { alert, hidden } from './send-page.ts';

/** What every page on the way of a sign-in says. */
export interface SignInPage {
  /** The name of the application, as it is registered. */
  readonly application: string;
  /** Where its answer goes. */
  readonly destination: string | undefined;
  readonly tenant: string;
  /** Where the form goes: the request itself. */
  readonly action: string;
  readonly formToken: string;
  readonly error?: string | undefined;
  /** Fields that every form of the page carries on. */
  readonly carried?: readonly (readonly [name: string, value: string])[];
}

/** The people of a test bench, one of whom signs in with a click. */
export interface PickerPage extends SignInPage {
  readonly people: readonly PickedPerson[];
  /** What of the request the search sends along. */
  readonly params: ReadonlyMap<string, string>;
  readonly search: string;
  /** Whether there are more than are shown. */
  readonly hasMore: boolean;
}

/** A person as the list shows them. */
export interface PickedPerson extends Pick<Account, 'id' | 'displayName' | 'userPrincipalName'> {
  readonly jobTitle: string | undefined;
}

/** A search box is shown above more people than that. */
const FEW = 12;

/** The list of people, with a search box where there are many. */
export function pickerPage(page: PickerPage): Html {
  const { people, params, search, hasMore, action } = page;
  const hasSearch = search !== '' || hasMore || people.length > FEW;
  return html`${heading(page)}
${hasSearch && searchBox(params, search)}
<form method="post" action="${action}">
${carry(page)}${hidden('kith_action', 'pick')}
<ul class="people" aria-label="People of ${page.tenant}">
${people.map(personItem)}
</ul>
${people.length === 0 && html`<p>Nobody was found.</p>`}
${hasMore && html`<p class="quiet">There are more people. Search for a name.</p>`}
</form>
<p class="quiet">This is a test bench: nobody needs a password.</p>`;
}

function personItem({ id, displayName, userPrincipalName, jobTitle }: PickedPerson): Html {
  return html`<li><button class="person" name="user" value="${id}">${displayName}
<small>${userPrincipalName}${jobTitle ? html` &middot; ${jobTitle}` : ''}</small></button></li>
`;
}

function searchBox(params: ReadonlyMap<string, string>, search: string): Html {
  const kept = [...params].filter(([name]) => name !== 'kith_search');
  return html`<form method="get" role="search">
${kept.map(([name, value]) => hidden(name, value))}
<label for="search">Search people</label>
<input id="search" type="search" name="kith_search" value="${search}" autocomplete="off">
<button>Search</button>
</form>`;
}

/** The form for user name and password of a directory. */
export function passwordPage(page: SignInPage & { readonly userName: string }): Html {
  const { action, userName } = page;
  return html`${heading(page)}
<form method="post" action="${action}">
${carry(page)}${hidden('kith_action', 'password')}
<label for="username">User name</label>
<input id="username" type="text" name="username" value="${userName}" autocomplete="username"
 autocapitalize="none" spellcheck="false" required>
<label for="password">Password</label>
<input id="password" type="password" name="password" autocomplete="current-password" required>
<button class="main">Sign in</button>
</form>
<p class="quiet"><a href="/_kith/forgotten">Forgotten your password?</a></p>`;
}

/** What an application wants, for the person to agree or not. */
export interface ConsentPage extends SignInPage {
  readonly userName: string;
  readonly names: readonly string[];
  /** Names that the person may not agree to. */
  readonly forbidden: readonly string[];
  /** Whether the person may agree for everybody. */
  readonly canAgreeForAll: boolean;
}

/** The page that asks for consent. */
export function consentPage(page: ConsentPage): Html {
  const { application, userName, names, forbidden, action, canAgreeForAll } = page;
  const isForbidden = forbidden.length > 0;
  return html`<h1>${application} asks for permission</h1>
<p>You are signed in as <strong>${userName}</strong>.</p>
${destination(page)}
<p>The application wants to use these permissions for you:</p>
<ul>${(names.length === 0 ? ['Sign you in and read your name'] : names).map(
    (name) => html`<li><code>${name}</code></li>`,
  )}</ul>
${isForbidden && alert(`Only an administrator can agree to ${forbidden.join(', ')}.`)}
<form method="post" action="${action}">
${carry(page)}
${canAgreeForAll && forAll(page.tenant)}
${!isForbidden && html`<button class="main" name="kith_action" value="accept">Accept</button>`}
<button name="kith_action" value="decline">Decline</button>
</form>`;
}

function forAll(tenant: string): Html {
  return html`<p><label><input type="checkbox" name="for_all" value="yes">
Agree for everybody in ${tenant}</label></p>`;
}

/** What shows that a form is ours, and what it takes along. */
function carry({ formToken, carried = [] }: SignInPage): readonly Html[] {
  return [hidden(FORM_FIELD, formToken), ...carried.map(([name, value]) => hidden(name, value))];
}

function heading(page: SignInPage): Html {
  return html`<h1>Sign in to ${page.application}</h1>
<p>with your account at <strong>${page.tenant}</strong></p>
${destination(page)}
${alert(page.error)}`;
}

function destination(page: SignInPage): Html {
  if (page.destination === undefined) return html``;
  return html`<p class="quiet">You will go on to ${page.destination}.</p>`;
}
