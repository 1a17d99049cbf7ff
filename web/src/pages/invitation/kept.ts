const name = 'invitation';

/** The token of an invitation's link, for as long as the tab is open: first one signs in or registers. */
export const invitation = {
  keep: (token: string) => sessionStorage.setItem(name, token),
  token: () => sessionStorage.getItem(name) ?? undefined,
  forget: () => sessionStorage.removeItem(name),
};
