from opium import registry


class AccountsConfig(registry.ModuleConfig):
    name = "accounts"
    verbose_name = "Konta i uprawnienia"
    always_on = True
    enum_names = {
        "MotionStateEnum": "accounts.models.motion.MOTION_STATES",
        "MotionKindEnum": "accounts.models.Motion.Kind",
        "JoiningStateEnum": "accounts.models.joining.STATES",
    }
