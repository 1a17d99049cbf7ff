import { Navigate, useLocation } from 'react-router';
import { signInFirst } from '../client/session';

/** In place of a page that is only for signed-in people: leads to the sign-in page, and back to the same part of the page. */
export function SignInFirst() {
  const { pathname, search, hash } = useLocation();
  return <Navigate to={signInFirst(pathname + search + hash)} replace />;
}
