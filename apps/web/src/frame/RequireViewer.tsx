// Lets a page through when somebody is signed in, else leads to sign-in and back. When a session ends under an open page,
// asks for it again on top of that page.
import { useQuery } from "@apollo/client/react";
import { Navigate, Outlet, useLocation } from "react-router";
import { describeError } from "../apollo/error-message.ts";
import { useSessionLost } from "../apollo/session.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { BlankPage } from "./BlankPage.tsx";
import { signInAddress } from "./return-address.ts";
import { SignInAgain } from "./SignInAgain.tsx";
import { ViewerContext, ViewerDocument } from "./viewer.ts";

export function RequireViewer() {
  const location = useLocation();
  const isLost = useSessionLost();
  // `public`: a dead cookie means signed out here, not a session lost under an open page.
  const { data, error, refetch } = useQuery(ViewerDocument, { context: { public: true } });
  const viewer = data?.viewer;
  if (viewer) {
    return (
      <ViewerContext value={viewer}>
        <Outlet />
        {isLost && <SignInAgain viewer={viewer} />}
      </ViewerContext>
    );
  }
  if (error) {
    const { message, requestId } = describeError(error);
    return (
      <BlankPage>
        <ErrorState message={message} requestId={requestId} onRetry={() => void refetch()} />
      </BlankPage>
    );
  }
  if (data) return <Navigate to={signInAddress(location)} replace />;
  return <BlankPage />;
}
