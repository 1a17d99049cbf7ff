const name = 'invitation';

/** The token of an invitation's link, as long as the tab is open, because the person signs in or registers first. */
export const invitation = {
  keep: (token: string) => sessionStorage.setItem(name, token),
  token: () => sessionStorage.getItem(name) ?? undefined,
  forget: () => sessionStorage.removeItem(name),
};
