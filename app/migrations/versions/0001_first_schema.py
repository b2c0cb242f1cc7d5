"""The first schema: the tables of the market as the service began. Revision 0001."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The tables of the market, as its models had them when the service began.
    op.create_table(
        "festival",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("intro", sa.JSON(), nullable=False),
        sa.Column("practical", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("wreath", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_festival_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_festival")),
        sa.UniqueConstraint("slug", name=op.f("uq_festival_slug")),
    )
    op.create_table(
        "market_setting",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_market_setting")),
    )
    op.create_table(
        "notice",
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("link", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_notice_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_table(
        "parish",
        sa.Column("code", sa.String(length=7), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("centre", sa.String(length=40), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("postcodes", sa.String(length=60), nullable=False),
        sa.Column("until_2021", sa.String(length=40), nullable=False),
        sa.CheckConstraint("kind IN ('town', 'parish')", name=op.f("ck_parish_kind")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_parish")),
        sa.UniqueConstraint("slug", name=op.f("uq_parish_slug")),
    )
    op.create_table(
        "public_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_version")),
    )
    op.create_table(
        "site",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=True),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("bearing_deg", sa.Float(), nullable=False),
        sa.Column("width_m", sa.Float(), nullable=False),
        sa.Column("height_m", sa.Float(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("slug", name=op.f("uq_site_slug")),
    )
    op.create_table(
        "stall",
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stall")),
        sa.UniqueConstraint("number", name=op.f("uq_stall_number")),
    )
    op.create_table(
        "amenity",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('entrance', 'toilet', 'water', 'bins', 'first_aid', 'parking', 'information', 'stage', 'step_free_way', 'passage', 'building', 'tree', 'lamp_post')",
            name=op.f("ck_amenity_kind"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_amenity_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amenity")),
    )
    with op.batch_alter_table("amenity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_amenity_site_id"), ["site_id"], unique=False)

    op.create_table(
        "market_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=True),
        sa.Column("closes", sa.Time(), nullable=True),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("words", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("festival_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('ordinary', 'fair', 'festival')", name=op.f("ck_market_day_kind")
        ),
        sa.CheckConstraint(
            "(opens IS NULL) = (closes IS NULL)", name=op.f("ck_market_day_both_hours")
        ),
        sa.CheckConstraint("opens IS NULL OR closes > opens", name=op.f("ck_market_day_hours")),
        sa.ForeignKeyConstraint(
            ["festival_id"], ["festival.id"], name=op.f("fk_market_day_festival_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_market_day_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_day")),
        sa.UniqueConstraint("site_id", "day", name=op.f("uq_market_day_site_id_day")),
    )
    with op.batch_alter_table("market_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_market_day_site_id"), ["site_id"], unique=False)

    op.create_table(
        "sign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("retired_words", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["stall_id"], ["stall.id"], name=op.f("fk_sign_stall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign")),
        sa.UniqueConstraint("code", name=op.f("uq_sign_code")),
    )
    with op.batch_alter_table("sign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_stall_id"), ["stall_id"], unique=False)

    op.create_table(
        "vendor",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("seniority", sa.Integer(), nullable=False),
        sa.Column("parish_code", sa.String(length=7), nullable=True),
        sa.Column("other_place", sa.String(length=80), nullable=True),
        sa.Column("farm_lat", sa.Float(), nullable=True),
        sa.Column("farm_lon", sa.Float(), nullable=True),
        sa.Column("show_farm_place", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("show_phone", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("show_email", sa.Boolean(), nullable=False),
        sa.Column("bio_cert_no", sa.String(length=40), nullable=True),
        sa.Column("bio_valid_to", sa.Date(), nullable=True),
        sa.Column("needs_power_kw", sa.Float(), nullable=False),
        sa.Column("needs_width_m", sa.Float(), nullable=False),
        sa.Column("scene", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("drawing_words", sa.JSON(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('own_grown', 'wild', 'home_producer', 'farm', 'sole_trader', 'company', 'cooperative', 'association', 'craftsperson', 'caterer')",
            name=op.f("ck_vendor_kind"),
        ),
        sa.CheckConstraint(
            "standing IN ('season', 'regular', 'guest', 'festival')",
            name=op.f("ck_vendor_standing"),
        ),
        sa.CheckConstraint(
            "state IN ('applied', 'approved', 'paused', 'archived')", name=op.f("ck_vendor_state")
        ),
        sa.CheckConstraint(
            "parish_code IS NOT NULL OR other_place IS NOT NULL", name=op.f("ck_vendor_has_a_place")
        ),
        sa.ForeignKeyConstraint(
            ["parish_code"], ["parish.code"], name=op.f("fk_vendor_parish_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor")),
        sa.UniqueConstraint("slug", name=op.f("uq_vendor_slug")),
    )
    op.create_table(
        "venue",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=True),
        sa.Column("parish_code", sa.String(length=7), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parish_code"], ["parish.code"], name=op.f("fk_venue_parish_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint("slug", name=op.f("uq_venue_slug")),
    )
    op.create_table(
        "weekly_hours",
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("closes > opens", name=op.f("ck_weekly_hours_hours")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_weekly_hours_weekday")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_weekly_hours_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weekly_hours")),
        sa.UniqueConstraint(
            "site_id",
            "weekday",
            "valid_from",
            name=op.f("uq_weekly_hours_site_id_weekday_valid_from"),
        ),
    )
    with op.batch_alter_table("weekly_hours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_weekly_hours_site_id"), ["site_id"], unique=False)

    op.create_table(
        "zone",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_zone_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone")),
        sa.UniqueConstraint("code", name=op.f("uq_zone_code")),
    )
    with op.batch_alter_table("zone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zone_site_id"), ["site_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("hour", sa.String(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=120), nullable=True),
        sa.Column("parish_code", sa.String(length=7), nullable=True),
        sa.Column("organiser", sa.String(length=120), nullable=True),
        sa.Column("price", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_words", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=80), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("festival_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(hour = 'exact') = (starts IS NOT NULL)", name=op.f("ck_event_starts")),
        sa.CheckConstraint(
            "hour IN ('exact', 'morning', 'afternoon', 'evening', 'all_day', 'to_be_announced')",
            name=op.f("ck_event_hour"),
        ),
        sa.CheckConstraint("price IN ('free', 'paid', 'unknown')", name=op.f("ck_event_price")),
        sa.CheckConstraint(
            "state IN ('confirmed', 'cancelled', 'postponed')", name=op.f("ck_event_state")
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_event_period")),
        sa.ForeignKeyConstraint(
            ["festival_id"], ["festival.id"], name=op.f("fk_event_festival_id")
        ),
        sa.ForeignKeyConstraint(
            ["parish_code"], ["parish.code"], name=op.f("fk_event_parish_code")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_event_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("uid", name=op.f("uq_event_uid")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_festival_id"), ["festival_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_venue_id"), ["venue_id"], unique=False)

    op.create_table(
        "good",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("net_amount", sa.Integer(), nullable=True),
        sa.Column("net_unit", sa.String(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("allergens", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "category IN ('vegetables', 'fruit', 'berries', 'greens', 'mushrooms', 'dairy', 'cheese', 'meat', 'fish', 'eggs', 'honey', 'bread', 'pastry', 'preserves', 'drinks', 'grain', 'seedlings', 'flowers', 'crafts')",
            name=op.f("ck_good_category"),
        ),
        sa.CheckConstraint(
            "origin IN ('grown', 'made', 'wild', 'bought')", name=op.f("ck_good_origin")
        ),
        sa.CheckConstraint(
            "state IN ('available', 'last', 'sold_out')", name=op.f("ck_good_state")
        ),
        sa.CheckConstraint(
            "unit IN ('g', 'ml', 'piece', 'bunch', 'pot', 'box', 'jar')", name=op.f("ck_good_unit")
        ),
        sa.CheckConstraint("(net_amount IS NULL) = (net_unit IS NULL)", name=op.f("ck_good_net")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_good_amount")),
        sa.CheckConstraint("months BETWEEN 1 AND 4095", name=op.f("ck_good_months")),
        sa.CheckConstraint("price_cents >= 0", name=op.f("ck_good_price")),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendor.id"], name=op.f("fk_good_vendor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_good")),
    )
    with op.batch_alter_table("good", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_good_vendor_id"), ["vendor_id"], unique=False)

    op.create_table(
        "open_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendor.id"], name=op.f("fk_open_day_vendor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_day")),
        sa.UniqueConstraint("vendor_id", "day", name=op.f("uq_open_day_vendor_id_day")),
    )
    with op.batch_alter_table("open_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_open_day_vendor_id"), ["vendor_id"], unique=False)

    op.create_table(
        "opening",
        sa.Column("sign_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name=op.f("ck_opening_hour")),
        sa.ForeignKeyConstraint(["sign_id"], ["sign.id"], name=op.f("fk_opening_sign_id")),
        sa.PrimaryKeyConstraint("sign_id", "day", "hour", "language", name=op.f("pk_opening")),
    )
    op.create_table(
        "photograph",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_photograph_size")),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendor.id"], name=op.f("fk_photograph_vendor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photograph")),
        sa.UniqueConstraint("vendor_id", "digest", name=op.f("uq_photograph_vendor_id_digest")),
    )
    with op.batch_alter_table("photograph", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photograph_vendor_id"), ["vendor_id"], unique=False)

    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.CheckConstraint(
            "source IN ('season', 'weekly', 'hand', 'plan', 'import')",
            name=op.f("ck_placement_source"),
        ),
        sa.ForeignKeyConstraint(["stall_id"], ["stall.id"], name=op.f("fk_placement_stall_id")),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendor.id"], name=op.f("fk_placement_vendor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("day", "stall_id", name=op.f("uq_placement_day_stall_id")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_stall_id"), ["stall_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_vendor_id"), ["vendor_id"], unique=False)

    op.create_table(
        "presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('present', 'late', 'absent')", name=op.f("ck_presence_state")
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendor.id"], name=op.f("fk_presence_vendor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
        sa.UniqueConstraint("vendor_id", "day", name=op.f("uq_presence_vendor_id_day")),
    )
    op.create_table(
        "row_move",
        sa.Column("row", sa.String(length=8), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("to_row", sa.String(length=8), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("to_zone_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_row_move_period")),
        sa.ForeignKeyConstraint(["to_zone_id"], ["zone.id"], name=op.f("fk_row_move_to_zone_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_row_move_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_move")),
        sa.UniqueConstraint(
            "zone_id", "row", "first_day", name=op.f("uq_row_move_zone_id_row_first_day")
        ),
    )
    with op.batch_alter_table("row_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_row_move_zone_id"), ["zone_id"], unique=False)

    op.create_table(
        "stall_on_plan",
        sa.Column("row", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("x_m", sa.Float(), nullable=False),
        sa.Column("y_m", sa.Float(), nullable=False),
        sa.Column("width_m", sa.Float(), nullable=False),
        sa.Column("depth_m", sa.Float(), nullable=False),
        sa.Column("angle_deg", sa.Float(), nullable=False),
        sa.Column("power_kw", sa.Float(), nullable=False),
        sa.Column("water", sa.Boolean(), nullable=False),
        sa.Column("roof", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('table', 'pavilion', 'kiosk', 'car', 'tent', 'ground')",
            name=op.f("ck_stall_on_plan_kind"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_stall_on_plan_period")
        ),
        sa.CheckConstraint("width_m > 0 AND depth_m > 0", name=op.f("ck_stall_on_plan_size")),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_stall_on_plan_stall_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_stall_on_plan_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stall_on_plan")),
        sa.UniqueConstraint(
            "stall_id", "valid_from", name=op.f("uq_stall_on_plan_stall_id_valid_from")
        ),
        sa.UniqueConstraint(
            "zone_id",
            "row",
            "position",
            "valid_from",
            name=op.f("uq_stall_on_plan_zone_id_row_position_valid_from"),
        ),
    )
    with op.batch_alter_table("stall_on_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stall_on_plan_stall_id"), ["stall_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stall_on_plan_zone_id"), ["zone_id"], unique=False)

    op.create_table(
        "story",
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("short", sa.String(length=600), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("longer", sa.String(length=2500), nullable=False),
        sa.Column("whole", sa.String(length=8000), nullable=False),
        sa.Column("machine_translated", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendor.id"], name=op.f("fk_story_vendor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sa.UniqueConstraint("vendor_id", "language", name=op.f("uq_story_vendor_id_language")),
    )
    op.execute("INSERT INTO public_version (id, number) VALUES (1, 0)")


def downgrade() -> None:
    op.drop_table("story")
    with op.batch_alter_table("stall_on_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stall_on_plan_zone_id"))
        batch_op.drop_index(batch_op.f("ix_stall_on_plan_stall_id"))

    op.drop_table("stall_on_plan")
    with op.batch_alter_table("row_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_row_move_zone_id"))

    op.drop_table("row_move")
    op.drop_table("presence")
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_vendor_id"))
        batch_op.drop_index(batch_op.f("ix_placement_stall_id"))

    op.drop_table("placement")
    with op.batch_alter_table("photograph", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_photograph_vendor_id"))

    op.drop_table("photograph")
    op.drop_table("opening")
    with op.batch_alter_table("open_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_open_day_vendor_id"))

    op.drop_table("open_day")
    with op.batch_alter_table("good", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_good_vendor_id"))

    op.drop_table("good")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_venue_id"))
        batch_op.drop_index(batch_op.f("ix_event_festival_id"))

    op.drop_table("event")
    with op.batch_alter_table("zone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_zone_site_id"))

    op.drop_table("zone")
    with op.batch_alter_table("weekly_hours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_weekly_hours_site_id"))

    op.drop_table("weekly_hours")
    op.drop_table("venue")
    op.drop_table("vendor")
    with op.batch_alter_table("sign", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_stall_id"))

    op.drop_table("sign")
    with op.batch_alter_table("market_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_market_day_site_id"))

    op.drop_table("market_day")
    with op.batch_alter_table("amenity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_amenity_site_id"))

    op.drop_table("amenity")
    op.drop_table("stall")
    op.drop_table("site")
    op.drop_table("public_version")
    op.drop_table("parish")
    op.drop_table("notice")
    op.drop_table("market_setting")
    op.drop_table("festival")
