import { Navigate, useLocation } from 'react-router';
import { signInFirst } from '../client/session';

/** In place of a page that is for who has signed in: leads there, and back to the same part of the page. */
export function SignInFirst() {
  const { pathname, search, hash } = useLocation();
  return <Navigate to={signInFirst(pathname + search + hash)} replace />;
}
