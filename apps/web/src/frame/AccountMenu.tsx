// Who is signed in; how the product looks; the way out.
import { Menu, SegmentedControl, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconLogout2 } from "@tabler/icons-react";
import { useState } from "react";
import { signOut } from "../apollo/auth.ts";
import { Face } from "../ui/Face.tsx";
import { useApollo } from "./apollo-context.ts";
import classes from "./TopBar.module.css";
import { useViewer } from "./viewer.ts";

const schemes = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "auto", label: "System" },
] as const;

export function AccountMenu() {
  const viewer = useViewer();
  const apollo = useApollo();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [problem, setProblem] = useState(false);
  const leave = async () => {
    try {
      await signOut();
    } catch {
      setProblem(true);
      return;
    }
    apollo.dispose();
    // A fresh page: nothing of the last person stays in memory.
    location.assign("/sign-in");
  };
  return (
    <Menu position="bottom-end" width={240} offset={6}>
      <Menu.Target>
        <UnstyledButton className={classes.account} aria-label={`Account: ${viewer.name}`}>
          <Face person={viewer} decorative />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <b dir="auto">{viewer.name}</b>
          <span>{viewer.email ?? "no e-mail"}</span>
        </div>
        <Menu.Divider />
        <div className={classes.appearance}>
          <span id="appearance">Appearance</span>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="appearance"
            data={[...schemes]}
            value={colorScheme}
            onChange={setColorScheme}
          />
        </div>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout2 size={16} stroke={1.5} />}
          closeMenuOnClick={false}
          onClick={() => void leave()}
        >
          {problem ? "No answer. Try again" : "Sign out"}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
