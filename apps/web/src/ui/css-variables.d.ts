// Custom properties in `style`: React's own type knows only the standard ones.
import "react";

declare module "react" {
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}
