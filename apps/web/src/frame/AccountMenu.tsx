// Who is signed in; how the product looks; the way out.
import { isMantineColorScheme, Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconLogout2, IconUserCircle } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { signOut } from "../apollo/auth.ts";
import { Face } from "../ui/Face.tsx";
import { t } from "../words/words.ts";
import { useApollo } from "./apollo-context.ts";
import { SCHEMES } from "./schemes.ts";
import classes from "./TopBar.module.css";
import { useViewer } from "./viewer.ts";

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
    <Menu position="bottom-end" width={240} offset={6} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton
          className={classes.account}
          aria-label={t("frame:accountMenu.button", { name: viewer.name })}
        >
          <Face person={viewer} decorative />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={classes.who}>
          <b dir="auto">{viewer.name}</b>
          {viewer.email}
        </Menu.Label>
        <Menu.Divider />
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => isMantineColorScheme(value) && setColorScheme(value)}
        >
          <Menu.Label>{t("frame:accountMenu.appearance")}</Menu.Label>
          {SCHEMES.map(({ value, label, Icon }) => (
            <Menu.RadioItem key={value} value={value}>
              <span className={classes.scheme}>
                <Icon size={16} stroke={1.5} aria-hidden />
                {label}
              </span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCircle size={16} stroke={1.5} />}>
          {t("page.account")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout2 size={16} stroke={1.5} />}
          closeMenuOnClick={false}
          onClick={() => void leave()}
        >
          {t(problem ? "frame:accountMenu.signOutFailed" : "frame:accountMenu.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
