"""The office plans its days: holdings, prices, rounds, incidents, pictures. Revision 0003."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "price",
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("stall_kind", sa.String(), nullable=True),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("social_cents", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("period IN ('day', 'month', 'season')", name=op.f("ck_price_period")),
        sa.CheckConstraint(
            "stall_kind IN ('table', 'pavilion', 'kiosk', 'car', 'tent', 'ground')",
            name=op.f("ck_price_stall_kind"),
        ),
        sa.CheckConstraint(
            "what IN ('place', 'metre', 'power_kw', 'water', 'cooling', 'vehicle', 'cash')",
            name=op.f("ck_price_what"),
        ),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_price_cents")),
        sa.CheckConstraint(
            "social_cents IS NULL OR social_cents >= 0", name=op.f("ck_price_social_cents")
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_price_validity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price")),
    )
    op.create_table(
        "special_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("advice", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "advice IN ('closed', 'fair', 'shorter', 'as_usual')",
            name=op.f("ck_special_day_advice"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_day")),
    )
    op.create_table(
        "filled_day",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_filled_day_site_id")),
        sa.PrimaryKeyConstraint("site_id", "day", name=op.f("pk_filled_day")),
    )
    op.create_table(
        "patrol",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["person.id"], name=op.f("fk_patrol_begun_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_patrol_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol")),
    )
    with op.batch_alter_table("patrol", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patrol_site_id"), ["site_id"], unique=False)

    op.create_table(
        "plan_picture",
        sa.Column("x_m", sa.Float(), nullable=False),
        sa.Column("y_m", sa.Float(), nullable=False),
        sa.Column("metres_per_pixel", sa.Float(), nullable=False),
        sa.Column("angle_deg", sa.Float(), nullable=False),
        sa.Column("opacity", sa.Float(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("metres_per_pixel > 0", name=op.f("ck_plan_picture_scale")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_plan_picture_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_picture")),
        sa.UniqueConstraint("site_id", name=op.f("uq_plan_picture_site_id")),
    )
    op.create_table(
        "incident",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=True),
        sa.Column("vendor_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("width_px", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_note", sa.String(length=1000), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "kind IN ('damage', 'power', 'water', 'injury', 'dispute', 'cleanliness', 'other')",
            name=op.f("ck_incident_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_incident_person_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"],
            ["person.id"],
            name=op.f("fk_incident_settled_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_incident_stall_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendor.id"], name=op.f("fk_incident_vendor_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_table(
        "payment",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("period IN ('day', 'month', 'season')", name=op.f("ck_payment_period")),
        sa.CheckConstraint("way IN ('cash', 'transfer', 'contract')", name=op.f("ck_payment_way")),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_payment_cents")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_payment_person_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendor.id"], name=op.f("fk_payment_vendor_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint(
            "vendor_id", "day", "period", name=op.f("uq_payment_vendor_id_day_period")
        ),
    )
    op.create_table(
        "sign_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patrol_id", sa.Integer(), nullable=False),
        sa.Column("sign_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "state IN ('fine', 'worn', 'covered', 'missing', 'elsewhere')",
            name=op.f("ck_sign_check_state"),
        ),
        sa.ForeignKeyConstraint(
            ["patrol_id"], ["patrol.id"], name=op.f("fk_sign_check_patrol_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_check_person_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["sign_id"], ["sign.id"], name=op.f("fk_sign_check_sign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_check")),
        sa.UniqueConstraint("patrol_id", "sign_id", name=op.f("uq_sign_check_patrol_id_sign_id")),
    )
    with op.batch_alter_table("sign_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_check_patrol_id"), ["patrol_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_check_sign_id"), ["sign_id"], unique=False)

    op.create_table(
        "stall_holding",
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("pays", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "basis IN ('contract', 'season_ticket', 'weekly')", name=op.f("ck_stall_holding_basis")
        ),
        sa.CheckConstraint(
            "pays IN ('day', 'month', 'season')", name=op.f("ck_stall_holding_pays")
        ),
        sa.CheckConstraint(
            "last_day IS NULL OR last_day >= first_day", name=op.f("ck_stall_holding_period")
        ),
        sa.CheckConstraint("weekdays BETWEEN 1 AND 127", name=op.f("ck_stall_holding_weekdays")),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_stall_holding_stall_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["vendor.id"],
            name=op.f("fk_stall_holding_vendor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stall_holding")),
        sa.UniqueConstraint(
            "stall_id",
            "vendor_id",
            "first_day",
            name=op.f("uq_stall_holding_stall_id_vendor_id_first_day"),
        ),
    )
    with op.batch_alter_table("stall_holding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stall_holding_stall_id"), ["stall_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stall_holding_vendor_id"), ["vendor_id"], unique=False)

    op.create_table(
        "waiting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendor.id"], name=op.f("fk_waiting_vendor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
        sa.UniqueConstraint("vendor_id", "day", name=op.f("uq_waiting_vendor_id_day")),
    )
    with op.batch_alter_table("waiting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_day"), ["day"], unique=False)

    op.create_table(
        "zone_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name=op.f("ck_zone_count_hour")),
        sa.CheckConstraint("people >= 0", name=op.f("ck_zone_count_people")),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_zone_count_zone_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_count")),
        sa.UniqueConstraint("zone_id", "day", "hour", name=op.f("uq_zone_count_zone_id_day_hour")),
    )
    with op.batch_alter_table("amenity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("reason", sa.String(length=400), server_default="", nullable=False)
        )

    with op.batch_alter_table("market_day", schema=None) as batch_op:
        batch_op.add_column(sa.Column("weather", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("market_setting", schema=None) as batch_op:
        batch_op.alter_column(
            "value",
            existing_type=sa.VARCHAR(length=200),
            type_=sa.String(length=2000),
            existing_nullable=False,
        )

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("photograph", schema=None) as batch_op:
        batch_op.add_column(sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("presence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("no_show", sa.Boolean(), server_default="0", nullable=False))

    with op.batch_alter_table("row_move", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("sign", schema=None) as batch_op:
        batch_op.alter_column("stall_id", existing_type=sa.INTEGER(), nullable=True)

    with op.batch_alter_table("stall_on_plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cooling", sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("vehicle", sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("reserved_for", sa.JSON(), server_default="[]", nullable=False)
        )
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.add_column(sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("looked_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_story_looked_by"), "person", ["looked_by"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("story_draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("answer", sa.String(length=400), server_default="", nullable=False)
        )

    with op.batch_alter_table("vendor", schema=None) as batch_op:
        batch_op.add_column(sa.Column("legal_name", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("reg_no", sa.String(length=11), nullable=True))
        batch_op.add_column(sa.Column("vat_no", sa.String(length=13), nullable=True))
        batch_op.add_column(sa.Column("contact_person", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("farm_address", sa.String(length=160), nullable=True))
        batch_op.add_column(sa.Column("postcode", sa.String(length=7), nullable=True))
        batch_op.add_column(sa.Column("pvd_no", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("needs_depth_m", sa.Float(), nullable=True))
        batch_op.add_column(
            sa.Column("needs_water", sa.Boolean(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("needs_cooling", sa.Boolean(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("needs_vehicle", sa.Boolean(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("tent", sa.String(), server_default="none", nullable=False))
        batch_op.add_column(
            sa.Column("is_social", sa.Boolean(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("office_note", sa.String(length=1000), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_vendor_tent"), "tent IN ('none', 'own', 'rented')"
        )

    with op.batch_alter_table("weekly_hours", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("zone", schema=None) as batch_op:
        batch_op.add_column(sa.Column("power_kw", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    # An open page or an undo may still mean a placement that is gone: its number is never given again.
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table(
            "placement", recreate="always", table_kwargs={"sqlite_autoincrement": True}
        ):
            pass
