// How the product looks, on this device.
import { isMantineColorScheme, Radio, useMantineColorScheme } from "@mantine/core";
import { SCHEMES } from "../../frame/schemes.ts";
import { t } from "../../words/words.ts";
import classes from "./AccountPage.module.css";

export function AppearanceSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <section className={classes.section}>
      <h2 id="appearance">{t("account:appearance.title")}</h2>
      <Radio.Group
        aria-labelledby="appearance"
        value={colorScheme}
        onChange={(value) => isMantineColorScheme(value) && setColorScheme(value)}
      >
        <div className={classes.choices}>
          {SCHEMES.map(({ value, label }) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </div>
      </Radio.Group>
    </section>
  );
}
