import { Drawer } from "@mantine/core";
import { SideMenu } from "@/app/SideMenu";

/** The menu on a narrow screen. */
export const MenuDrawer = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => (
  <Drawer
    opened={isOpen}
    onClose={onClose}
    title="Menu"
    size="18rem"
    closeButtonProps={{ "aria-label": "Zamknij menu" }}
  >
    <SideMenu onChoose={onClose} />
  </Drawer>
);
